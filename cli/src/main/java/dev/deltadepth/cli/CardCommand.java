package dev.deltadepth.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.option.ModelFile;
import dev.deltadepth.cli.option.ModelOption;
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
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delta card}: a model card from a template and from what was measured. */
@Command(
    name = "card",
    header = "Write a model card.",
    description =
        """
        Fills in a Markdown template: {{facts}} and {{training}} from the model's metadata, \
        {{accuracy}} and {{agreement}} from the figures of delta evaluate --json, {{latency}} from \
        those of delta bench --json. The rest of the template is copied.\
        """,
    parameterListHeading = "%nModel:%n",
    exitCodeList = {
      "0:the card was written",
      "1:a file cannot be used, or figures are missing; standard error says which",
      "2:wrong usage"
    },
    footerHeading = "%nExample:%n",
    footer =
        """
          delta evaluate --data eval/ --teacher teacher.onnx --json figures.json
          delta bench embedded --json bench.json
          delta card embedded --template docs/model.template.md -o docs/model.md \\
                     --figures figures.json --bench bench.json\
        """)
final class CardCommand extends BaseCommand {
  private static final Pattern PART = Pattern.compile("\\{\\{([a-z-]+)}}");

  @Parameters(paramLabel = "MODEL", description = ModelOption.KINDS)
  private Path model = Path.of("");

  @Option(
      names = "--template",
      required = true,
      paramLabel = "FILE.md",
      description = "The template.")
  private Path template = Path.of("");

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.md",
      description = "The card to write; an existing file is replaced.")
  private Path output = Path.of("");

  @Option(
      names = "--figures",
      paramLabel = "FILE.json",
      description = "Figures of delta evaluate --json; can be repeated.")
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
    print(output.toString());
    return 0;
  }

  private String part(MatchResult found, Map<String, Supplier<String>> parts) {
    Supplier<String> part = parts.get(found.group(1));
    if (part == null) {
      throw new FileException(
          "%s: unknown part %s; choose from %s"
              .formatted(template, found.group(), String.join(", ", parts.keySet())));
    }
    return Matcher.quoteReplacement(part.get());
  }

  private List<JsonNode> evaluations() {
    if (figures.isEmpty()) {
      throw new FileException(template + " needs figures; give some with --figures");
    }
    return figures.stream().map(CardCommand::json).toList();
  }

  private Path bench() {
    return bench.orElseThrow(
        () -> new FileException(template + " needs times; give some with --bench"));
  }

  private static JsonNode json(Path file) {
    try {
      return JsonMapper.builder().build().readTree(read(file));
    } catch (JsonProcessingException e) {
      throw new FileException(file + " is not JSON; write it with --json", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new FileException("cannot read " + file + "; check its name and permissions", e);
    }
  }
}
