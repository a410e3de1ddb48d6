package dev.deltadepth.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.deltadepth.distill.export.ModelCard;
import dev.deltadepth.eval.report.CardTables;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import dev.deltadepth.onnx.ModelFacts;
import dev.deltadepth.runtime.ModelSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code delta card}: a model card from a template and from what was measured. */
@Command(
    name = "card",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Write a model card.",
    description = {
      "",
      "Fills a Markdown template: {{facts}} and {{training}} with what the model says of itself,"
          + " {{accuracy}} and {{agreement}} with the figures of delta evaluate --json, {{latency}}"
          + " with those of delta bench --json. All else is the template's own.",
    },
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nModel:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written",
      "1:a file cannot be used, or a part has no figures; standard error says which",
      "2:wrong usage"
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  delta evaluate --data eval/ --teacher teacher.onnx --json figures.json",
      "  delta bench embedded --json bench.json",
      "  delta card embedded --template docs/model.template.md -o docs/model.md \\",
      "             --figures figures.json --bench bench.json"
    },
    sortOptions = false)
final class CardCommand implements Callable<Integer> {
  private static final Pattern PART = Pattern.compile("\\{\\{([a-z-]+)}}");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "MODEL",
      description = "A file of a model, or 'embedded' or 'embedded-int8'.")
  private Path model = Path.of("");

  @Option(
      names = "--template",
      required = true,
      paramLabel = "FILE.md",
      description = "The card with its parts to be filled in.")
  private Path template = Path.of("");

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.md",
      description = "The card. A file that exists is replaced.")
  private Path output = Path.of("");

  @Option(
      names = "--figures",
      paramLabel = "FILE.json",
      description = "Figures of delta evaluate --json; may be given for several sizes.")
  private List<Path> figures = new ArrayList<>();

  @Option(
      names = "--bench",
      paramLabel = "FILE.json",
      description = "Figures of delta bench --json.")
  private Optional<Path> bench = Optional.empty();

  @Override
  public Integer call() {
    ModelSource source = ModelFile.of(model);
    ModelFacts facts = ModelFile.facts(source);
    Map<String, Supplier<String>> parts = new LinkedHashMap<>();
    parts.put(
        "facts",
        () -> ModelCard.facts(facts.metadata(), OptionalLong.of(ModelFile.bytesOfWeights(source))));
    parts.put("training", () -> ModelCard.training(facts.metadata()));
    parts.put("accuracy", () -> CardTables.accuracy(evaluations()));
    parts.put("agreement", () -> CardTables.agreement(evaluations()));
    parts.put("latency", () -> CardTables.latency(json(bench())));
    String text = PART.matcher(read(template)).replaceAll(part -> part(part, parts));
    AtomicFile.write(output, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    spec.commandLine().getOut().println(output);
    return 0;
  }

  private String part(MatchResult found, Map<String, Supplier<String>> parts) {
    Supplier<String> part = parts.get(found.group(1));
    if (part == null) {
      throw new FileException(
          template + ": there is no part " + found.group() + "; there are " + parts.keySet());
    }
    return Matcher.quoteReplacement(part.get());
  }

  private List<JsonNode> evaluations() {
    if (figures.isEmpty()) {
      throw new FileException(template + " asks for figures; name some with --figures");
    }
    return figures.stream().map(CardCommand::json).toList();
  }

  private Path bench() {
    return bench.orElseThrow(
        () -> new FileException(template + " asks for times; name some with --bench"));
  }

  private static JsonNode json(Path file) {
    try {
      return JsonMapper.builder().build().readTree(read(file));
    } catch (JsonProcessingException e) {
      throw new FileException(file + " is no JSON; write it with --json", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new FileException(file + " cannot be read: check the name and its permissions", e);
    }
  }
}
