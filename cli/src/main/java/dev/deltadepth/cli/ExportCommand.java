package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.option.Choice;
import dev.deltadepth.cli.option.ModelOutput;
import dev.deltadepth.cli.option.WholeNumber;
import dev.deltadepth.distill.export.DepthAnythingExport;
import dev.deltadepth.distill.export.ModelExport;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.nn.DepthAnythingV2;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.weights.DepthAnythingWeights;
import dev.deltadepth.nn.weights.WeightPrecision;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.nn.weights.WeightsFile;
import dev.deltadepth.onnx.OnnxDialect;
import dev.deltadepth.onnx.OnnxExporter;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.ModelMetadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delta export}: trained weights to an ONNX model. */
@Command(
    name = "export",
    header = "Export trained weights as an ONNX model.",
    description =
        """
        The model is complete in itself: it takes the bytes of a photo and gives disparity, at any \
        height and width that are multiples of 32.

        Depth Anything V2 becomes a model for multiples of 14 that has its description in a .json \
        file beside it; delta estimate and delta distill read both.\
        """,
    parameterListHeading = "%nWeights:%n",
    exitCodeList = {
      "0:exported",
      "1:the weights cannot be used or the model cannot be written; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer =
        """
          delta export runs/delta -o delta.onnx
          delta export delta.safetensors -o delta.onnx --native-size 384
          delta export depth_anything_v2_vits.pth -o dav2s.onnx\
        """)
final class ExportCommand extends BaseCommand {
  private static final int DEFAULT_SIZE = 256;
  private static final long SEED = 1;

  @Parameters(
      arity = "0..1",
      paramLabel = "SOURCE",
      description =
          """
          A .safetensors file, a run folder (its last checkpoint is exported) or published weights \
          of Depth Anything V2.\
          """)
  private Optional<Path> source = Optional.empty();

  @Mixin private final ModelOutput output = new ModelOutput();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          """
          The model's name (default: the name in the weights, or delta; for Depth Anything V2 its \
          own name).\
          """)
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--native-size",
      paramLabel = "N",
      converter = NativeSize.class,
      description =
          """
          The model's native size: the shorter side that it sees by default, a multiple of 32 \
          (default: the size in the weights, or 256); for Depth Anything V2 a multiple of 14 \
          (default: 518).\
          """)
  private Optional<Integer> nativeSize = Optional.empty();

  @Option(
      names = "--full-precision",
      description =
          """
          Store 32-bit weights (default: 16-bit, which halves the file). All arithmetic is 32-bit \
          either way.\
          """)
  private boolean fullPrecision;

  @Option(
      names = "--standard-operators",
      description =
          """
          Use standard ONNX operators only, for other runtimes and for converters. The default \
          also uses ONNX Runtime's fused attention, which is faster there.\
          """)
  private boolean standardOperators;

  @Option(
      names = "--random",
      paramLabel = "ENCODER",
      converter = Encoders.class,
      completionCandidates = Encoders.class,
      description =
          """
          Instead of SOURCE: Depth Anything V2 with random weights, to time it without downloading \
          it. One of ${COMPLETION-CANDIDATES}.\
          """)
  private Optional<String> random = Optional.empty();

  /** Native sizes; which multiple it has to be depends on the weights. */
  static final class NativeSize extends WholeNumber {
    NativeSize() {
      super(DepthAnythingV2.PATCH, 2048);
    }
  }

  /** The encoders of Depth Anything V2. */
  static final class Encoders extends Choice<String> {
    Encoders() {
      super("encoder", DepthAnythingV2.encoders(), name -> name);
    }
  }

  @Override
  public Integer call() {
    if (source.isPresent() == random.isPresent()) {
      throw wrong("give either SOURCE or --random ENCODER");
    }
    output.requireFree(output.file());
    int bytes = random.isPresent() ? random(random.get()) : export(source.orElseThrow());
    print("%s  %,d bytes", output.file(), bytes);
    return 0;
  }

  private int random(String encoder) {
    DepthAnythingWeights weights = DepthAnythingWeights.random(encoder, SEED);
    return depthAnything(new DepthAnythingExport(weights, true), "");
  }

  private int export(Path from) {
    Weights weights = Files.isDirectory(from) ? ModelExport.read(from) : WeightsFile.read(from);
    if (DepthAnythingWeights.recognised(weights)) {
      DepthAnythingWeights teacher = DepthAnythingWeights.of(weights, from.toString());
      return depthAnything(
          new DepthAnythingExport(teacher, false), String.valueOf(from.getFileName()));
    }
    String called = name.orElse(weights.metadata().getOrDefault(ModelMetadata.NAME, "delta"));
    String stated = weights.metadata().getOrDefault(ModelMetadata.NATIVE_SIZE, "");
    int size = stated.matches("\\d{1,4}") ? Integer.parseInt(stated) : DEFAULT_SIZE;
    byte[] model = ModelExport.onnx(weights, called, size(size, DepthNetwork.MULTIPLE), form());
    AtomicFile.write(output.file(), out -> out.write(model));
    return model.length;
  }

  private int depthAnything(DepthAnythingExport export, String origin) {
    output.requireFree(ModelDescription.sidecar(output.file()));
    int size = size(DepthAnythingV2.NATIVE_SIZE, DepthAnythingV2.PATCH);
    return export.write(output.file(), name.orElse(export.name()), size, origin, form());
  }

  private OnnxExporter.Form form() {
    return new OnnxExporter.Form(
        standardOperators ? OnnxDialect.STANDARD : OnnxDialect.ONNX_RUNTIME,
        fullPrecision ? WeightPrecision.FLOAT32 : WeightPrecision.FLOAT16);
  }

  private int size(int otherwise, int multiple) {
    int size = nativeSize.orElse(otherwise);
    if (size % multiple != 0) {
      throw wrong(
          String.format(
              Locale.ROOT, "--native-size must be a multiple of %d, not '%d'", multiple, size));
    }
    return size;
  }
}
