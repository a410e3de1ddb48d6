package dev.deltadepth.cli;

import dev.deltadepth.cli.option.ModelFile;
import dev.deltadepth.onnx.ModelFacts;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.ModelMetadata;
import dev.deltadepth.runtime.ModelSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code delta info}: what a model is. */
@Command(
    name = "info",
    header = "Describe a model.",
    description =
        """
        Prints parameters, multiply-accumulate operations (MACs), file size, inputs, outputs and \
        metadata.\
        """,
    parameterListHeading = "%nModel:%n",
    exitCodeList = {"0:printed", "1:not a model; standard error says why", "2:wrong usage"})
final class InfoCommand extends BaseCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "An .onnx file, 'embedded' (the default) or 'embedded-int8'.")
  private Optional<Path> name = Optional.empty();

  @Override
  public Integer call() {
    ModelSource model = ModelFile.of(name);
    ModelFacts facts = ModelFile.facts(model);
    Optional<ModelDescription> description =
        ModelMetadata.description(facts.metadata(), model.toString()).or(model::description);
    print(model.toString(), model.size(), facts, description);
    return 0;
  }

  private void print(
      String name, long size, ModelFacts facts, Optional<ModelDescription> description) {
    PrintWriter out = out();
    Map<String, String> metadata = facts.metadata();
    out.println(name);
    description.ifPresent(known -> line(out, "name", known.name()));
    optional(out, "version", metadata.get(ModelMetadata.VERSION));
    line(out, "file size", String.format(Locale.ROOT, "%,d bytes", size));
    line(out, "parameters", parameters(facts));
    line(out, "MACs", macs(metadata));
    facts.inputs().forEach(input -> line(out, "input", input));
    facts.outputs().forEach(output -> line(out, "output", output));
    if (description.isPresent()) {
      printDescription(out, description.get());
    } else {
      line(out, "description", "none; estimate needs a JSON file of the same name beside it");
    }
    line(out, "operators", operators(facts));
    metadata.forEach(
        (key, value) -> {
          if (!key.equals(ModelMetadata.VERSION) && !key.equals(ModelMetadata.NAME)) {
            line(out, key, value);
          }
        });
  }

  private static void printDescription(PrintWriter out, ModelDescription description) {
    ModelDescription.Size size = description.size();
    line(
        out,
        "input size",
        switch (size.rule()) {
          case SHORTER_SIDE -> "shorter side " + size.width() + ", multiples of " + size.multiple();
          case LONGER_SIDE -> "longer side " + size.width() + ", multiples of " + size.multiple();
          case SQUARE -> "square of " + size.width() + ", multiples of " + size.multiple();
          case FIXED -> size.width() + "x" + size.height() + " only";
        });
    line(
        out,
        "predicts",
        switch (description.output().kind()) {
          case DISPARITY -> "disparity: larger is nearer";
          case DEPTH -> "depth: larger is farther; estimate writes 1/depth";
        });
    optional(out, "licence", description.licence());
    // An exported model's source is its provenance, which stands among the metadata.
    if (!description.source().startsWith("{")) {
      optional(out, "source", description.source());
    }
  }

  private static String parameters(ModelFacts facts) {
    String stated = facts.metadata().getOrDefault(ModelMetadata.PARAMETERS, "");
    String counted = String.format(Locale.ROOT, "%,d", facts.parameters());
    return stated.matches("\\d{1,18}")
        ? String.format(Locale.ROOT, "%,d trained, %s in the file", Long.parseLong(stated), counted)
        : counted + " in the file";
  }

  private static String macs(Map<String, String> metadata) {
    String stated = metadata.getOrDefault(ModelMetadata.MACS, "");
    if (!stated.matches("\\d{1,18}")) {
      return "not stated";
    }
    String size = metadata.getOrDefault(ModelMetadata.NATIVE_SIZE, "?");
    return String.format(
        Locale.ROOT, "%.2f G at %s x %s", Long.parseLong(stated) / 1e9, size, size);
  }

  private static String operators(ModelFacts facts) {
    StringBuilder text = new StringBuilder();
    facts
        .operators()
        .forEach(
            (operator, count) ->
                text.append(text.isEmpty() ? "" : ", ").append(operator).append(' ').append(count));
    return text.toString();
  }

  private static void optional(PrintWriter out, String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      line(out, label, value);
    }
  }

  private static void line(PrintWriter out, String label, String value) {
    out.println(String.format(Locale.ROOT, "  %-12s  %s", label, value));
  }
}
