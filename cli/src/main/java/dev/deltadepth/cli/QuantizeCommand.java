package dev.deltadepth.cli;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.estimate.PhotoFiles;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.quantize.Calibration;
import dev.deltadepth.quantize.QuantizeException;
import dev.deltadepth.quantize.Quantizer;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.ModelSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code delta quantize}: a model in 16 or 8 bits. */
@Command(
    name = "quantize",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Make a smaller variant of a model.",
    description = {
      "",
      "fp16 stores the weights in 16 bits and goes on computing in 32. int8 computes convolutions"
          + " and products with matrices in bytes: ranges are measured on photos, weights have a"
          + " scale for each channel, and what does not survive stays in floats.",
      "",
      "A variant is written only if it says the same as the model on photos that it was not made"
          + " with. Whether it is faster depends on the processor: delta bench tells.",
    },
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nModel:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the variant was written",
      "1:it was refused, or the model or the photos cannot be used; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  delta quantize embedded --photos photos/ -o delta-int8.onnx",
      "  delta quantize teacher.onnx --to fp16 --photos photos/ -o teacher-fp16.onnx",
      "  delta bench embedded delta-int8.onnx",
      "  delta evaluate --data eval/ --model embedded --model delta-int8.onnx"
    },
    sortOptions = false)
final class QuantizeCommand implements Callable<Integer> {
  private static final int MOST_PHOTOS = 10_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What a variant is made of; named as on the command line. */
  enum Form {
    /** Bytes. */
    INT8,
    /** Weights in 16 bits. */
    FP16
  }

  @Parameters(paramLabel = "MODEL", description = "A file of a model, or 'embedded'.")
  private Path model = Path.of("");

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.onnx",
      description = "The variant.")
  private Path output = Path.of("");

  @Option(
      names = "--photos",
      required = true,
      paramLabel = "PHOTO",
      description =
          "Files, folders or patterns of photos like those that the model will see; half of them to"
              + " measure ranges, half to judge. May be given several times.")
  private List<String> photos = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "FORM",
      defaultValue = "int8",
      description = "int8 or fp16 (default: ${DEFAULT-VALUE}).")
  private Form form = Form.INT8;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "64",
      description = "How many of the photos are used, evenly spread (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "The shorter side at which the model sees them, in pixels, 32 to 2048 (default: what it"
              + " was made for).")
  private Optional<Integer> size = Optional.empty();

  @Option(
      names = "--calibration",
      paramLabel = "HOW",
      defaultValue = "mse",
      description =
          "How ranges are found: mse (least squared error), percentile (without the outermost"
              + " hundredth of a percent) or minmax (default: ${DEFAULT-VALUE}).")
  private Calibration calibration = Calibration.MSE;

  @Option(
      names = "--agreement",
      paramLabel = "R",
      defaultValue = "0.98",
      description =
          "The lowest mean correlation with the model's own maps, the layout removed, at which a"
              + " variant is let through (default: ${DEFAULT-VALUE}).")
  private double agreement;

  @Option(
      names = "--keep-float",
      paramLabel = "NODE,...",
      hideParamSyntax = true,
      split = ",",
      description = "Nodes that stay in floats from the start, by the names of their outputs.")
  private Set<String> keptInFloat = new LinkedHashSet<>();

  @Option(names = "--overwrite", description = "Replace a file that exists.")
  private boolean overwrite;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress bar.")
  private boolean quiet;

  @Override
  public Integer call() {
    Bounds.within(spec, "--count", count, 2, MOST_PHOTOS);
    size.ifPresent(side -> Bounds.networkSize(spec, "--size", side));
    Bounds.within(spec, "--agreement", agreement, 0, 1);
    for (Path file : List.of(output, ModelDescription.sidecar(output))) {
      if (!overwrite && Files.exists(file)) {
        throw new FileException(file + " exists; use --overwrite to replace it");
      }
    }
    return quantize(ModelFile.of(model));
  }

  private int quantize(ModelSource source) {
    Quantizer.Settings settings =
        new Quantizer.Settings(size.orElse(0), calibration, agreement, keptInFloat);
    List<RgbImage> pictures = pictures();
    try (Bars bars = new Bars()) {
      Quantizer quantizer = new Quantizer(source, pictures, settings, bars);
      Quantizer.Variant variant = form == Form.INT8 ? quantizer.int8() : quantizer.float16();
      AtomicFile.write(output, out -> out.write(variant.onnx()));
      describe(source);
      bars.close();
      report(source, variant);
    }
    return 0;
  }

  /** Photos evenly spread over those that were named. */
  private List<RgbImage> pictures() {
    List<PhotoFiles.Photo> found =
        PhotoFiles.of(photos, problem -> spec.commandLine().getErr().println("delta: " + problem));
    if (found.isEmpty()) {
      throw new QuantizeException("there are no photos; name some with --photos");
    }
    int wanted = Math.min(count, found.size());
    List<RgbImage> pictures = new ArrayList<>();
    try (Progress progress = Progress.of("decode photos", wanted, quiet)) {
      for (int i = 0; i < wanted; i++) {
        int at = (int) ((long) i * found.size() / wanted);
        pictures.add(ImageFiles.read(found.get(at).file()));
        progress.step();
      }
    }
    return pictures;
  }

  /** What describes the model describes its variant. */
  private void describe(ModelSource source) {
    source
        .file()
        .map(ModelDescription::sidecar)
        .filter(Files::exists)
        .ifPresent(
            sidecar ->
                AtomicFile.write(
                    ModelDescription.sidecar(output), out -> Files.copy(sidecar, out)));
  }

  private void report(ModelSource source, Quantizer.Variant variant) {
    print(
        "%s  %,d bytes, %.2f of %,d",
        output,
        variant.onnx().length,
        variant.onnx().length / (double) source.size(),
        source.size());
    print(
        "agreement with the model: correlation %.4f, with the layout removed %.4f; worst %.4f",
        variant.verdict().pearson(), variant.verdict().residual(), variant.verdict().worst());
    if (form == Form.INT8) {
      print("%d layers in bytes, %d left in floats", variant.layers(), variant.inFloat().size());
      variant.inFloat().forEach(layer -> print("  in floats: %s", layer));
    }
  }

  private void print(String format, Object... values) {
    spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
  }

  /** A progress bar for each part of the work. */
  private final class Bars implements Quantizer.Listener, AutoCloseable {
    private Progress bar = Progress.of("", 0, true);

    @Override
    public void begin(String task, int steps) {
      bar.close();
      bar = Progress.of(task, steps, quiet);
    }

    @Override
    public void step() {
      bar.step();
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
