package dev.deltadepth.cli;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.estimate.EstimateBatch;
import dev.deltadepth.estimate.EstimateJob;
import dev.deltadepth.estimate.PhotoFiles;
import dev.deltadepth.io.DepthFormat;
import dev.deltadepth.io.FileException;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code delta estimate}: photos in, depth maps out. */
@Command(
    name = "estimate",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Estimate the depth of photographs.",
    description = {
      "",
      "Writes a depth map of each photo's own size: larger (brighter in most colour maps) is"
          + " nearer. Reads JPEG, PNG, WebP, BMP, TIFF and the first frame of GIF.",
    },
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nInputs:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all photos are done",
      "1:some are not; standard error has a line for each",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  delta estimate photo.jpg",
      "  delta estimate -f png,npy -o depth/ photos/ 'holiday/**/*.jpg'"
    },
    sortOptions = false)
final class EstimateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description = {
        "Photos, folders (with all folders below) and quoted patterns such as '*.jpg' or"
            + " '**/*.png'. Pictures that this command wrote are left out of folders and patterns."
      })
  private List<String> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "The folder for the maps; it is made if needed and keeps the sub-folders of a folder"
              + " input. Without it a map goes beside its photo.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT,...",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "png",
      converter = FormatConverter.class,
      completionCandidates = FormatNames.class,
      description = {
        "What to write (default: png):",
        "  png    STEM.depth.png: colours",
        "  png16  STEM.depth16.png: grey of 16 bits",
        "  pfm    STEM.pfm: the floats",
        "  npy    STEM.npy: the floats, [H, W]",
        "  side   STEM.side.png: photo and colours"
      })
  private List<DepthFormat> formats = List.of();

  @Option(
      names = "--model",
      paramLabel = "FILE.onnx",
      description =
          "Another model than the embedded one, or 'embedded-int8', which computes in bytes. Models"
              + " that delta did not export need a JSON file of the same name beside them.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--colormap",
      paramLabel = "NAME",
      defaultValue = "inferno",
      converter = ColormapConverter.class,
      completionCandidates = ColormapNames.class,
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Colormap colormap = Colormap.named("inferno");

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "The shorter side that the network sees, in pixels, 32 to 2048; larger is finer and"
              + " slower (default: what the model was made for).")
  private Optional<Integer> size = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the network (default: one for each processor core).")
  private Optional<Integer> threads = Optional.empty();

  @Option(names = "--overwrite", description = "Replace maps that exist.")
  private boolean overwrite;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print errors only.")
  private boolean quiet;

  @Override
  public Integer call() throws InterruptedException {
    EstimatorOptions options = options();
    EstimateReport report =
        new EstimateReport(spec.commandLine().getOut(), spec.commandLine().getErr(), quiet);
    output.ifPresent(EstimateCommand::createFolder);
    List<EstimateJob> jobs =
        EstimateJob.plan(
            PhotoFiles.of(inputs, report::problem),
            output,
            EnumSet.copyOf(formats),
            overwrite,
            report::problem);
    if (!jobs.isEmpty()) {
      try (DepthEstimator estimator = DepthEstimator.open(ModelFile.of(model), options)) {
        report.start(jobs.size());
        new EstimateBatch(estimator, colormap, report).run(jobs);
      } finally {
        report.finish();
      }
    }
    return report.problems() == 0 ? 0 : 1;
  }

  private EstimatorOptions options() {
    size.ifPresent(side -> Bounds.networkSize(spec, "--size", side));
    threads.ifPresent(count -> Bounds.atLeast(spec, "--threads", count, 1));
    return EstimatorOptions.defaults().withSize(size.orElse(0)).withThreads(threads.orElse(0));
  }

  private static void createFolder(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new FileException(folder + " is not a folder; name another one for -o");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new FileException(
          "the folder " + folder + " cannot be made; name another one for -o", e);
    }
    if (!Files.isWritable(folder)) {
      throw new FileException(
          folder + " may not be written to; change its permissions or name another one for -o");
    }
  }

  /** A label to its format. */
  static final class FormatConverter implements ITypeConverter<DepthFormat> {
    @Override
    public DepthFormat convert(String label) {
      try {
        return DepthFormat.parse(label);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** The labels for shell completion. */
  static final class FormatNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    FormatNames() {
      super(DepthFormat.labels());
    }
  }

  /** A name to its map. */
  static final class ColormapConverter implements ITypeConverter<Colormap> {
    @Override
    public Colormap convert(String name) {
      try {
        return Colormap.named(name);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** The names for help and shell completion. */
  static final class ColormapNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ColormapNames() {
      super(Colormap.names());
    }
  }
}
