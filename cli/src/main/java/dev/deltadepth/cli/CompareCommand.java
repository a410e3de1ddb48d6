package dev.deltadepth.cli;

import dev.deltadepth.core.DeltaException;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.estimate.PhotoFiles;
import dev.deltadepth.eval.Contestant;
import dev.deltadepth.eval.report.Comparison;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.runtime.EstimatorOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code delta compare}: what models say of the same photos. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Show what models make of the same photos.",
    description = {
      "",
      "Draws a sheet with a row for each photo: the photo and each model's map side by side, each in"
          + " its own range of colours. Many photos fill several sheets.",
    },
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nModels:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:drawn",
      "1:a model or some photos cannot be used; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  delta compare embedded teacher.onnx --on photos/",
      "  delta compare a.onnx b.onnx --on 'holiday/*.jpg' --difference -o holiday.png"
    },
    sortOptions = false)
final class CompareCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 50;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL",
      description = "Files of models, 'embedded' and 'embedded-int8'.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--on",
      required = true,
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Photos, folders and quoted patterns, as delta estimate takes them.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.png",
      defaultValue = "comparison.png",
      description =
          "The sheet (default: ${DEFAULT-VALUE}); of several, the first is FILE-1.png, and so on.")
  private Path output = Path.of("");

  @Option(
      names = "--difference",
      description =
          "Show where each other model differs from the first, after fitting scale and shift:"
              + " yellow is half the spread of the first one's map, and more.")
  private boolean difference;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "8",
      description = "Photos on a sheet, 1 to 50 (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "The shorter side that the models see, in pixels, 32 to 2048 (default: what each was made"
              + " for).")
  private Optional<Integer> size = Optional.empty();

  @Option(names = "--overwrite", description = "Replace sheets that exist.")
  private boolean overwrite;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress bar.")
  private boolean quiet;

  private int problems;

  @Override
  public Integer call() {
    Bounds.within(spec, "--rows", rows, 1, MOST_ROWS);
    size.ifPresent(side -> Bounds.networkSize(spec, "--size", side));
    if (!output.toString().endsWith(".png")) {
      throw new ParameterException(
          spec.commandLine(), "the sheet's name must end in .png, not as in " + output);
    }
    List<PhotoFiles.Photo> photos = PhotoFiles.of(inputs, this::complain);
    int sheets = (photos.size() + rows - 1) / rows;
    for (int i = 0; i < sheets; i++) {
      Path sheet = sheet(i, sheets);
      if (!overwrite && Files.exists(sheet)) {
        throw new FileException(sheet + " exists; use --overwrite to replace it");
      }
    }
    try (OpenModels open = new OpenModels();
        Progress progress = Progress.of("compare", photos.size(), quiet)) {
      EstimatorOptions options = EstimatorOptions.defaults().withSize(size.orElse(0));
      List<Contestant> contestants = open.all(models, options);
      for (int i = 0; i < sheets; i++) {
        Comparison comparison = new Comparison(contestants, difference);
        for (PhotoFiles.Photo photo :
            photos.subList(i * rows, Math.min(photos.size(), (i + 1) * rows))) {
          add(comparison, photo.file());
          progress.step();
        }
        if (comparison.size() > 0) {
          write(comparison.page(), sheet(i, sheets));
        }
      }
    }
    return problems == 0 ? 0 : 1;
  }

  private void add(Comparison comparison, Path photo) {
    try {
      RgbImage image = ImageFiles.read(photo);
      comparison.add(String.valueOf(photo.getFileName()), image);
    } catch (DeltaException e) {
      complain(Main.describe(e));
    }
  }

  private void write(RgbImage page, Path sheet) {
    ImageFiles.writePng(page, sheet);
    spec.commandLine().getOut().println(sheet);
    spec.commandLine().getOut().flush();
  }

  /** The name of one of some sheets; a sheet that is alone has no number. */
  private Path sheet(int number, int sheets) {
    if (sheets == 1) {
      return output;
    }
    String name = String.valueOf(output.getFileName());
    String stem = name.substring(0, name.length() - ".png".length());
    return output.resolveSibling(stem + "-" + (number + 1) + ".png");
  }

  private void complain(String problem) {
    problems++;
    spec.commandLine().getErr().println("delta: " + problem);
  }
}
