package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.base.Progress;
import dev.deltadepth.cli.option.Choice;
import dev.deltadepth.cli.option.FileName;
import dev.deltadepth.cli.option.OverwriteOption;
import dev.deltadepth.cli.option.QuietOption;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.scenes.RenderedScene;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code delta render}: made-up scenes with exact depth. */
@Command(
    name = "render",
    header = "Render a synthetic scene with exact depth.",
    description = "For trying things out. The same seed gives the same scene.",
    parameterListHeading = "%nScene:%n",
    exitCodeList = {
      "0:rendered",
      "1:a file cannot be written; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExample:%n",
    footer = "  delta render room -o room.jpg --seed 7 --depth room.npy")
final class RenderCommand extends BaseCommand {
  private static final String PNG = ".png";

  /** Rays a pixel along each axis: smooth shadows for pictures to look at. */
  private static final int GRID = 4;

  private static final float JPEG_QUALITY = 0.9f;

  @Parameters(
      paramLabel = "SCENE",
      converter = Kinds.class,
      completionCandidates = Kinds.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private Scene.Kind kind = Scene.Kind.ROOM;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      converter = Picture.class,
      description = "The image to write, .jpg or .png.")
  private Path output = Path.of("");

  @Option(
      names = "--size",
      paramLabel = "WxH",
      defaultValue = "640x480",
      converter = Sizes.class,
      description = "Width and height in pixels, up to 4096 (default: ${DEFAULT-VALUE}).")
  private Size size = new Size(640, 480);

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Random seed (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--stain",
      paramLabel = "X,Y,METRES,RRGGBB",
      converter = Stains.class,
      description =
          """
          Paint a stain on the flat surface at X and Y, fractions of width and height between 0 and \
          1, with a radius and a colour. It does not change the depth.\
          """)
  private Optional<Stain> stain = Optional.empty();

  @Option(
      names = "--depth",
      paramLabel = "FILE.npy",
      description = "Also write the depth in metres, infinite in the sky.")
  private Optional<Path> depth = Optional.empty();

  @Mixin private final OverwriteOption overwrite = new OverwriteOption();

  @Mixin private final QuietOption quiet = new QuietOption();

  /** The kinds of scenes by name. */
  static final class Kinds extends Choice<Scene.Kind> {
    Kinds() {
      super("scene", List.of(Scene.Kind.values()), Scene.Kind::toString);
    }
  }

  /** Names of images. */
  static final class Picture extends FileName {
    Picture() {
      super(".jpg", ".jpeg", PNG);
    }
  }

  /** Width and height in pixels. */
  record Size(int width, int height) {}

  /** Sizes as in {@code 640x480}. */
  static final class Sizes implements ITypeConverter<Size> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,4})[xX](\\d{1,4})");
    private static final int LARGEST = 4096;

    @Override
    public Size convert(String text) {
      Matcher matcher = SIZE.matcher(text);
      if (matcher.matches()) {
        int width = Integer.parseInt(matcher.group(1));
        int height = Integer.parseInt(matcher.group(2));
        if (width >= 1 && width <= LARGEST && height >= 1 && height <= LARGEST) {
          return new Size(width, height);
        }
      }
      throw new TypeConversionException(
          String.format(
              Locale.ROOT,
              "must be WIDTHxHEIGHT with sides between 1 and %d, such as 640x480, not '%s'",
              LARGEST,
              text));
    }
  }

  /**
   * A stain.
   *
   * @param x fraction of the image's width
   * @param y fraction of its height
   * @param radius in metres
   * @param rgb its colour, {@code 0xRRGGBB}
   * @param text as on the command line
   */
  record Stain(double x, double y, double radius, int rgb, String text) {}

  /** Stains as in {@code 0.5,0.4,0.3,202020}. */
  static final class Stains implements ITypeConverter<Stain> {
    private static final String NUMBER = "(\\d*\\.?\\d+)";
    private static final Pattern STAIN =
        Pattern.compile(String.join(",", NUMBER, NUMBER, NUMBER, "([0-9a-fA-F]{6})"));

    @Override
    public Stain convert(String text) {
      Matcher matcher = STAIN.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "must be X,Y,METRES,RRGGBB, such as 0.5,0.4,0.3,202020, not '" + text + "'");
      }
      double x = Double.parseDouble(matcher.group(1));
      double y = Double.parseDouble(matcher.group(2));
      if (x > 1 || y > 1) {
        throw new TypeConversionException(
            "must have X and Y between 0 and 1, such as 0.5,0.4,0.3,202020, not '" + text + "'");
      }
      double radius = Double.parseDouble(matcher.group(3));
      return new Stain(x, y, radius, Integer.parseInt(matcher.group(4), 16), text);
    }
  }

  @Override
  public Integer call() {
    overwrite.requireFree(output);
    depth.ifPresent(overwrite::requireFree);
    SceneRenderer renderer = new SceneRenderer(size.width(), size.height(), GRID);
    RenderedScene scene;
    try (Progress progress = Progress.of("render", size.height(), quiet.on())) {
      scene = renderer.render(scene(), progress::step);
    }
    if (output.toString().toLowerCase(Locale.ROOT).endsWith(PNG)) {
      ImageFiles.writePng(scene.image(), output);
    } else {
      ImageFiles.writeJpeg(scene.image(), output, JPEG_QUALITY);
    }
    DepthMap metres = scene.depthMetres();
    depth.ifPresent(file -> NpyFile.write(FloatArray.of(metres), file));
    return 0;
  }

  private Scene scene() {
    Scene clean = Scene.of(kind, seed);
    return stain.map(painted -> stained(clean, painted)).orElse(clean);
  }

  private Scene stained(Scene clean, Stain painted) {
    double aspect = (double) size.width() / size.height();
    try {
      return clean.stained(painted.x(), painted.y(), aspect, painted.radius(), painted.rgb());
    } catch (IllegalArgumentException e) {
      throw wrong("--stain '" + painted.text() + "': " + e.getMessage());
    }
  }
}
