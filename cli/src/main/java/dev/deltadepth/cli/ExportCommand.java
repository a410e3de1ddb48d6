package dev.deltadepth.cli;

import dev.deltadepth.distill.export.DepthAnythingExport;
import dev.deltadepth.distill.export.ModelExport;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import dev.deltadepth.nn.DepthAnythingV2;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code delta export}: trained weights to an ONNX model. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Make an ONNX model of trained weights.",
    description = {
      "",
      "The model is complete in itself: a photo's bytes go in, disparity comes out, for any height"
          + " and width that are multiples of 32.",
      "",
      "Weights of Depth Anything V2 become a model for multiples of 14, with its description in a"
          + " .json file beside it; delta estimate and delta distill take both.",
    },
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nWeights:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:exported",
      "1:the weights cannot be used or the model cannot be written; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  delta export runs/delta -o delta.onnx",
      "  delta export delta.safetensors -o delta.onnx --native-size 384",
      "  delta export depth_anything_v2_vits.pth -o dav2s.onnx"
    },
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  private static final int DEFAULT_SIZE = 256;
  private static final int LARGEST = 2048;
  private static final long SEED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "SOURCE",
      description =
          "A .safetensors file, or the folder of a run, of which the last checkpoint is taken; or"
              + " published weights of Depth Anything V2.")
  private Optional<Path> source = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.onnx",
      description = "The model.")
  private Path output = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "What the model is called (default: what the weights say, or delta; Depth Anything V2:"
              + " its own name).")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--native-size",
      paramLabel = "N",
      description =
          "The shorter side at which it sees a photo by default, a multiple of 32 (default: what the"
              + " weights say, or 256); Depth Anything V2: a multiple of 14 (default: 518).")
  private Optional<Integer> nativeSize = Optional.empty();

  @Option(
      names = "--full-precision",
      description =
          "Store the weights in 32 bits (default: 16, which halves the file). All arithmetic is in 32"
              + " either way.")
  private boolean fullPrecision;

  @Option(
      names = "--standard-operators",
      description =
          "Use ONNX operators alone, for runtimes and converters other than ONNX Runtime. The"
              + " default uses its fused attention, too, and is faster there.")
  private boolean standardOperators;

  @Option(
      names = "--random",
      paramLabel = "ENCODER",
      description =
          "In place of SOURCE: Depth Anything V2 with random weights, to measure its time without"
              + " fetching them; vits, vitb or vitl.")
  private Optional<String> random = Optional.empty();

  @Option(names = "--overwrite", description = "Replace a file that exists.")
  private boolean overwrite;

  @Override
  public Integer call() {
    if (source.isPresent() == random.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "name either SOURCE or --random ENCODER, and only one of them");
    }
    requireFree(output);
    int bytes = random.isPresent() ? random(random.get()) : export(source.orElseThrow());
    spec.commandLine().getOut().println(String.format(Locale.ROOT, "%s  %,d bytes", output, bytes));
    return 0;
  }

  private int random(String encoder) {
    if (!DepthAnythingV2.encoders().contains(encoder)) {
      throw new ParameterException(
          spec.commandLine(),
          "--random must be one of " + DepthAnythingV2.encoders() + ", not " + encoder);
    }
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
    byte[] model = ModelExport.onnx(weights, called, size(size, OnnxExporter.MULTIPLE), form());
    AtomicFile.write(output, out -> out.write(model));
    return model.length;
  }

  private int depthAnything(DepthAnythingExport export, String origin) {
    requireFree(ModelDescription.sidecar(output));
    int size = size(DepthAnythingV2.NATIVE_SIZE, DepthAnythingV2.PATCH);
    return export.write(output, name.orElse(export.name()), size, origin, form());
  }

  private OnnxExporter.Form form() {
    return new OnnxExporter.Form(
        standardOperators ? OnnxDialect.STANDARD : OnnxDialect.ONNX_RUNTIME,
        fullPrecision ? WeightPrecision.FLOAT32 : WeightPrecision.FLOAT16);
  }

  private void requireFree(Path file) {
    if (!overwrite && Files.exists(file)) {
      throw new FileException(file + " exists; use --overwrite to replace it");
    }
  }

  private int size(int otherwise, int multiple) {
    int size = nativeSize.orElse(otherwise);
    if (size < multiple || size > LARGEST || size % multiple != 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--native-size must be a multiple of "
              + multiple
              + " up to "
              + LARGEST
              + ", not "
              + size);
    }
    return size;
  }
}
