package dev.deltadepth.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.option.JsonOption;
import dev.deltadepth.cli.option.ModelFile;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.onnx.ModelFacts;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.ModelMetadata;
import dev.deltadepth.runtime.ModelSource;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delta info}: what a model is. */
@Command(
    name = "info",
    header = "Describe a model.",
    description =
        """
        Prints parameters, multiply-accumulate operations (MACs), file size, inputs, outputs, what \
        it learned from in a line, and its licence.\
        """,
    parameterListHeading = "%nModel:%n",
    exitCodeList = {"0:printed", "1:not a model; standard error says why", "2:wrong usage"})
final class InfoCommand extends BaseCommand {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Of other metadata, so many characters. */
  private static final int LONGEST = 60;

  /** Metadata that has lines of its own. */
  private static final Set<String> SHOWN =
      Set.of(
          ModelMetadata.NAME,
          ModelMetadata.VERSION,
          ModelMetadata.CONVENTION,
          ModelMetadata.NATIVE_SIZE,
          ModelMetadata.MULTIPLE,
          ModelMetadata.PARAMETERS,
          ModelMetadata.MACS,
          ModelMetadata.LICENCE,
          ModelMetadata.PROVENANCE);

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "An .onnx file, 'embedded' (the default) or 'embedded-int8'.")
  private Optional<Path> name = Optional.empty();

  @Option(
      names = "--provenance",
      description =
          "Print only the whole provenance, a JSON text: recipe, data, and what was before.")
  private boolean provenance;

  @Mixin private final JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    ModelSource model = ModelFile.of(name);
    ModelFacts facts = ModelFile.facts(model);
    Optional<ModelDescription> description =
        ModelMetadata.description(facts.metadata(), model.toString()).or(model::description);
    byte[] everything = json(model, facts, description).getBytes(StandardCharsets.UTF_8);
    json.write(file -> AtomicFile.write(file, out -> out.write(everything)), this::print);
    if (json.isPrinted()) {
      return 0;
    }
    if (provenance) {
      print(facts.metadata().getOrDefault(ModelMetadata.PROVENANCE, "null"));
    } else {
      print(model.toString(), model.size(), facts, description);
    }
    return 0;
  }

  private static String json(
      ModelSource model, ModelFacts facts, Optional<ModelDescription> description) {
    ObjectNode top = JSON.createObjectNode();
    description.ifPresent(known -> top.put("name", known.name()));
    top.put("bytes", model.size()).put("sha256", Sha256.of(model.bytes()));
    top.put("parameters", facts.parameters());
    facts.inputs().forEach(top.putArray("inputs")::add);
    facts.outputs().forEach(top.putArray("outputs")::add);
    description.ifPresent(
        known ->
            top.put("predicts", known.output().kind().name().toLowerCase(Locale.ROOT))
                .put("size", known.size().shorterSide())
                .put("multiple", known.size().multiple())
                .put("licence", known.licence()));
    ObjectNode operators = top.putObject("operators");
    facts.operators().forEach(operators::put);
    ObjectNode metadata = top.putObject("metadata");
    facts.metadata().forEach((key, value) -> metadata.set(key, tree(value)));
    return top.toPrettyString() + "\n";
  }

  /** A text that is JSON, as the provenance is, becomes part of the tree. */
  private static JsonNode tree(String text) {
    try {
      return text.startsWith("{") ? JSON.readTree(text) : JSON.getNodeFactory().textNode(text);
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text);
    }
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
          if (!SHOWN.contains(key)) {
            line(out, key, value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "...");
          }
        });
    optional(out, "provenance", provenance(metadata));
  }

  private static String provenance(Map<String, String> metadata) {
    String whole = metadata.getOrDefault(ModelMetadata.PROVENANCE, "");
    JsonNode recipe = tree(whole).path("recipe").path("name");
    return whole.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "%s; all of it: --provenance, %,d characters",
            recipe.isTextual() ? "recipe " + recipe.asText() : "no recipe",
            whole.length());
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
          case METRES -> "depth in metres: larger is farther";
        });
    optional(out, "licence", description.licence());
    // An exported model's source is its provenance, which has a line of its own.
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
    int all = facts.operators().values().stream().mapToInt(Integer::intValue).sum();
    return facts.operators().entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(5)
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(
            Collectors.joining(
                ", ", all + ": ", facts.operators().size() > 5 ? " and others" : ""));
  }

  private static void optional(PrintWriter out, String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      line(out, label, value);
    }
  }

  private static void line(PrintWriter out, String label, String value) {
    // What a model says of itself must not steer a terminal.
    String line = String.format(Locale.ROOT, "  %-12s  %s", label, value);
    out.println(line.replaceAll("\\p{Cntrl}", "?"));
  }
}
