package dev.deltadepth.cli;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.NpyArray;
import dev.deltadepth.io.NpyFile;
import dev.deltadepth.scenes.RenderedScene;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code delta render}: made-up scenes with exact depth. */
@Command(
    name = "render",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Draw a made-up scene with exact depth.",
    description = {
      "",
      "Makes pictures to try things out on. The same seed draws the same scene.",
    },
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nScene:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:drawn",
      "1:a file cannot be written; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExample:%n",
    footer = "  delta render room -o room.jpg --seed 7 --depth room.npy",
    sortOptions = false)
final class RenderCommand implements Callable<Integer> {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,4})[xX](\\d{1,4})");
  private static final String NUMBER = "(\\d*\\.?\\d+)";
  private static final Pattern STAIN =
      Pattern.compile(String.join(",", NUMBER, NUMBER, NUMBER, "([0-9a-fA-F]{6})"));
  private static final int LARGEST = 4096;

  /** Rays a pixel along each axis: smooth shadows for pictures to look at. */
  private static final int GRID = 4;

  private static final float JPEG_QUALITY = 0.9f;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SCENE",
      converter = KindConverter.class,
      completionCandidates = KindNames.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private Scene.Kind kind = Scene.Kind.ROOM;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The picture, .jpg or .png.")
  private Path output = Path.of("");

  @Option(
      names = "--size",
      paramLabel = "WxH",
      defaultValue = "640x480",
      description = "Width and height in pixels (default: ${DEFAULT-VALUE}).")
  private String size = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which of the endlessly many (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--stain",
      paramLabel = "X,Y,METRES,RRGGBB",
      description =
          "Paint a stain on the flat thing at a place, in shares of the picture's width and height:"
              + " its radius and its colour. It changes no depth.")
  private Optional<String> stain = Optional.empty();

  @Option(
      names = "--depth",
      paramLabel = "FILE.npy",
      description = "Write the depth in metres, too; infinite in the sky.")
  private Optional<Path> depth = Optional.empty();

  @Option(names = "--overwrite", description = "Replace files that exist.")
  private boolean overwrite;

  @Override
  public Integer call() {
    SceneRenderer renderer = renderer();
    String name = output.toString().toLowerCase(Locale.ROOT);
    boolean jpeg = name.endsWith(".jpg") || name.endsWith(".jpeg");
    if (!jpeg && !name.endsWith(".png")) {
      throw wrong("the picture's name must end in .jpg or .png, not as in " + output);
    }
    refuseExisting(output);
    depth.ifPresent(this::refuseExisting);
    RenderedScene scene = renderer.render(scene());
    if (jpeg) {
      ImageFiles.writeJpeg(scene.image(), output, JPEG_QUALITY);
    } else {
      ImageFiles.writePng(scene.image(), output);
    }
    DepthMap metres = scene.depthMetres();
    depth.ifPresent(file -> NpyFile.write(NpyArray.of(metres), file));
    return 0;
  }

  private SceneRenderer renderer() {
    return new SceneRenderer(side(1), side(2), GRID);
  }

  /** Width (1) or height (2) in pixels. */
  private int side(int which) {
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches()) {
      throw wrong("--size must be WIDTHxHEIGHT as in 640x480, not " + size);
    }
    int side = Integer.parseInt(matcher.group(which));
    if (side < 1 || side > LARGEST) {
      throw wrong("--size allows sides of 1 to " + LARGEST + " pixels, not " + size);
    }
    return side;
  }

  private Scene scene() {
    Scene clean = Scene.of(kind, seed);
    if (stain.isEmpty()) {
      return clean;
    }
    Matcher said = STAIN.matcher(stain.get());
    if (!said.matches()) {
      throw wrong("--stain must be X,Y,METRES,RRGGBB as in 0.5,0.4,0.3,202020, not " + stain.get());
    }
    double x = Double.parseDouble(said.group(1));
    double y = Double.parseDouble(said.group(2));
    if (x > 1 || y > 1) {
      throw wrong("--stain wants a place in shares of the picture, 0 to 1, not " + stain.get());
    }
    try {
      return clean.stained(
          x,
          y,
          (double) side(1) / side(2),
          Double.parseDouble(said.group(3)),
          Integer.parseInt(said.group(4), 16));
    } catch (IllegalArgumentException e) {
      throw wrong("--stain: " + e.getMessage());
    }
  }

  private void refuseExisting(Path file) {
    if (!overwrite && Files.exists(file)) {
      throw new FileException(file + " exists; use --overwrite to replace it");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** A name to its kind. */
  static final class KindConverter implements ITypeConverter<Scene.Kind> {
    @Override
    public Scene.Kind convert(String name) {
      return Arrays.stream(Scene.Kind.values())
          .filter(kind -> kind.toString().equals(name.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + name + "' is not one of " + String.join(", ", new KindNames())));
    }
  }

  /** The names for help and shell completion. */
  static final class KindNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    KindNames() {
      for (Scene.Kind kind : Scene.Kind.values()) {
        add(kind.toString());
      }
    }
  }
}
