package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.base.ErrorText;
import dev.deltadepth.cli.base.Progress;
import dev.deltadepth.cli.option.Choice;
import dev.deltadepth.cli.option.ModelFile;
import dev.deltadepth.cli.option.ModelOutput;
import dev.deltadepth.cli.option.QuietOption;
import dev.deltadepth.cli.option.SizeOption;
import dev.deltadepth.cli.option.WholeNumber;
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
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code delta quantize}: a model in 16 or 8 bits. */
@Command(
    name = "quantize",
    header = "Make a smaller variant of a model.",
    description =
        """
        fp16 stores the weights in 16 bits and still computes in 32. int8 runs convolutions and \
        matrix products in 8-bit integers: activation ranges are calibrated on photos, weights \
        have a scale for each channel, and layers that lose too much accuracy stay in float.

        A variant is written only if its maps agree with the model's on photos that were not used \
        for calibration. Whether it is faster depends on the processor; delta bench tells.\
        """,
    parameterListHeading = "%nModel:%n",
    exitCodeList = {
      "0:the variant was written",
      """
      1:the variant was refused, or the model or the photos cannot be used; standard error says \
      why\
      """,
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer =
        """
          delta quantize embedded --photos photos/ -o delta-int8.onnx
          delta quantize teacher.onnx --to fp16 --photos photos/ -o teacher-fp16.onnx
          delta bench embedded delta-int8.onnx
          delta evaluate --data eval/ --model embedded --model delta-int8.onnx\
        """)
final class QuantizeCommand extends BaseCommand {
  /** What a variant is made of; named as on the command line. */
  enum Form {
    /** 8-bit integers. */
    INT8,
    /** Weights in 16 bits. */
    FP16
  }

  @Parameters(paramLabel = "MODEL", description = "An .onnx file, or 'embedded'.")
  private Path model = Path.of("");

  @Mixin private final ModelOutput output = new ModelOutput();

  @Option(
      names = "--photos",
      required = true,
      paramLabel = "PHOTO",
      description =
          """
          Photos, folders or quoted patterns. The photos should resemble those that the model will \
          see: half calibrate, half validate. Can be repeated.\
          """)
  private List<String> photos = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "FORM",
      defaultValue = "int8",
      converter = Forms.class,
      completionCandidates = Forms.class,
      description = "int8 or fp16 (default: ${DEFAULT-VALUE}).")
  private Form form = Form.INT8;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "64",
      converter = Count.class,
      description = "How many of the photos to use, evenly spread (default: ${DEFAULT-VALUE}).")
  private int count;

  @Mixin private final SizeOption size = new SizeOption();

  @Option(
      names = "--calibration",
      paramLabel = "HOW",
      defaultValue = "mse",
      converter = Calibrations.class,
      completionCandidates = Calibrations.class,
      description =
          """
          How activation ranges are found: mse (least squared error), percentile (without the \
          outermost 0.01 %%) or minmax (default: ${DEFAULT-VALUE}).\
          """)
  private Calibration calibration = Calibration.MSE;

  @Option(
      names = "--agreement",
      paramLabel = "R",
      defaultValue = "0.98",
      converter = Correlation.class,
      description =
          """
          The lowest mean correlation with the model's own maps, with the layout removed, that a \
          variant needs, 0 to 1 (default: ${DEFAULT-VALUE}).\
          """)
  private double agreement;

  @Option(
      names = "--keep-float",
      paramLabel = "NODE,...",
      hideParamSyntax = true,
      split = ",",
      description = "Nodes that stay in float from the start, named by their outputs.")
  private Set<String> keptInFloat = new LinkedHashSet<>();

  @Mixin private final QuietOption quiet = new QuietOption();

  /** The forms by name. */
  static final class Forms extends Choice<Form> {
    Forms() {
      super("form", List.of(Form.values()), form -> form.name().toLowerCase(Locale.ROOT));
    }
  }

  /** The ways to calibrate by name. */
  static final class Calibrations extends Choice<Calibration> {
    Calibrations() {
      super(
          "calibration",
          List.of(Calibration.MSE, Calibration.PERCENTILE, Calibration.MINMAX),
          way -> way.name().toLowerCase(Locale.ROOT));
    }
  }

  /** Photos that are used. */
  static final class Count extends WholeNumber {
    Count() {
      super(2, 10_000);
    }
  }

  /** A correlation, 0 to 1. */
  static final class Correlation implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        double value = Double.parseDouble(text);
        if (value >= 0 && value <= 1) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Told below.
      }
      throw new TypeConversionException("must be between 0 and 1, not '" + text + "'");
    }
  }

  @Override
  public Integer call() {
    output.requireFree(output.file());
    output.requireFree(ModelDescription.sidecar(output.file()));
    return quantize(ModelFile.of(model));
  }

  private int quantize(ModelSource source) {
    Quantizer.Settings settings =
        new Quantizer.Settings(size.pixels().orElse(0), calibration, agreement, keptInFloat);
    List<Path> files = files();
    try (Bars bars = new Bars()) {
      Quantizer quantizer = new Quantizer(source, pictures(files, bars), settings, bars);
      Quantizer.Variant variant = form == Form.INT8 ? quantizer.int8() : quantizer.float16();
      AtomicFile.write(output.file(), out -> out.write(variant.onnx()));
      describe(source);
      bars.close();
      report(source, variant);
    }
    return 0;
  }

  /** Photos evenly spread over those that were named. */
  private List<Path> files() {
    List<PhotoFiles.Photo> found = PhotoFiles.of(photos, this::warn);
    if (found.isEmpty()) {
      throw new QuantizeException("no photos; give some with --photos");
    }
    int wanted = Math.min(count, found.size());
    return IntStream.range(0, wanted)
        .mapToObj(i -> found.get((int) ((long) i * found.size() / wanted)).file())
        .toList();
  }

  /** Those that can be read, one after the other: at full size they may not fit into memory. */
  private Iterable<RgbImage> pictures(List<Path> files, Bars bars) {
    bars.begin("read photos", files.size());
    return () -> files.stream().flatMap(file -> picture(file, bars).stream()).iterator();
  }

  private Optional<RgbImage> picture(Path file, Bars bars) {
    try {
      return Optional.of(ImageFiles.read(file));
    } catch (FileException e) {
      warn(ErrorText.of(e));
      return Optional.empty();
    } finally {
      bars.step();
    }
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
                    ModelDescription.sidecar(output.file()), out -> Files.copy(sidecar, out)));
  }

  private void report(ModelSource source, Quantizer.Variant variant) {
    print(
        "%s  %,d bytes, %.2f of %,d",
        output.file(),
        variant.onnx().length,
        variant.onnx().length / (double) source.size(),
        source.size());
    print(
        "agreement with the model: correlation %.4f, with the layout removed %.4f; worst %.4f",
        variant.verdict().pearson(), variant.verdict().residual(), variant.verdict().worst());
    if (form == Form.INT8) {
      print("%d layers in int8, %d left in float", variant.layers(), variant.inFloat().size());
      variant.inFloat().forEach(layer -> print("  in float: %s", layer));
    }
  }

  /** A progress bar for each part of the work. */
  private final class Bars implements Quantizer.Listener, AutoCloseable {
    private Progress bar = Progress.NONE;

    @Override
    public void begin(String task, int steps) {
      bar.close();
      bar = Progress.of(task, steps, quiet.on());
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
