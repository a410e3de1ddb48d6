package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.base.ErrorText;
import dev.deltadepth.cli.base.Progress;
import dev.deltadepth.cli.option.FileName;
import dev.deltadepth.cli.option.OverwriteOption;
import dev.deltadepth.cli.option.QuietOption;
import dev.deltadepth.cli.option.SizeOption;
import dev.deltadepth.cli.option.WholeNumber;
import dev.deltadepth.core.DeltaException;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.estimate.PhotoFiles;
import dev.deltadepth.eval.Contestant;
import dev.deltadepth.eval.report.Comparison;
import dev.deltadepth.io.ImageFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delta compare}: what models say of the same photos. */
@Command(
    name = "compare",
    header = "Show the maps of several models side by side.",
    description =
        """
        Draws a sheet with a row for each photo: the photo and each model's map, each map in its \
        own colour range. Many photos fill several sheets.\
        """,
    parameterListHeading = "%nModels:%n",
    exitCodeList = {
      "0:all photos are drawn",
      "1:a model or some photos cannot be used; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer =
        """
          delta compare embedded teacher.onnx --on photos/
          delta compare a.onnx b.onnx --on 'holiday/*.jpg' --difference -o holiday.png\
        """)
final class CompareCommand extends BaseCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL",
      description = ".onnx files, 'embedded' or 'embedded-int8'.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--on",
      required = true,
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Photos, folders and quoted patterns, as for delta estimate.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PNG",
      defaultValue = "comparison.png",
      converter = Png.class,
      description = "The sheet (default: ${DEFAULT-VALUE}); several get numbers, as in NAME-1.png.")
  private Path output = Path.of("");

  @Option(
      names = "--difference",
      description =
          """
          Show where each model differs from the first, after fitting scale and shift: yellow is a \
          difference of half the spread of the first model's map or more.\
          """)
  private boolean difference;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "8",
      converter = Rows.class,
      description = "Photos on a sheet, 1 to 50 (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Mixin private final SizeOption size = new SizeOption();
  @Mixin private final OverwriteOption overwrite = new OverwriteOption();
  @Mixin private final QuietOption quiet = new QuietOption();

  private int problems;

  /** Names of sheets. */
  static final class Png extends FileName {
    Png() {
      super(".png");
    }
  }

  /** Photos on a sheet. */
  static final class Rows extends WholeNumber {
    Rows() {
      super(1, 50);
    }
  }

  @Override
  public Integer call() {
    List<PhotoFiles.Photo> photos = PhotoFiles.of(inputs, this::complain);
    int sheets = (photos.size() + rows - 1) / rows;
    for (int i = 0; i < sheets; i++) {
      overwrite.requireFree(sheet(i, sheets));
    }
    try (OpenModels open = new OpenModels();
        Progress progress = Progress.of("compare", photos.size(), quiet.on())) {
      List<Contestant> contestants = open.all(models, size.options());
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
      complain(ErrorText.of(e));
    }
  }

  private void write(RgbImage page, Path sheet) {
    ImageFiles.writePng(page, sheet);
    print(sheet.toString());
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
    warn(problem);
  }
}
