package dev.deltadepth.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.DataSets;
import dev.deltadepth.datasets.SceneFolder;
import dev.deltadepth.eval.Averaging;
import dev.deltadepth.eval.Contestant;
import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.Evaluator;
import dev.deltadepth.eval.Journal;
import dev.deltadepth.eval.Summary;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On rendered scenes; the models give a pixel's colours as its disparity. */
class ReportTest {
  private static final ReportFacts FACTS =
      new ReportFacts(
          "shorter side native",
          "a <folder>",
          List.of("rooms: drawn"),
          List.of("skipped: nothing"));

  @TempDir private Path data;
  @TempDir private Path report;
  private final Contestant red = new Contestant("red <b>", image -> channel(image, 0));
  private final Contestant blue = new Contestant("teacher", image -> channel(image, 2));

  @BeforeEach
  void render() throws IOException {
    SceneFolder.write(data);
  }

  @Test
  void thePageNeedsNothingButItself() throws IOException {
    // A picture's bytes may spell anything.
    String page = Files.readString(write(report)).replaceAll("base64,[^\"]+", "");
    assertThat(page)
        .startsWith("<!doctype html>")
        .contains(
            "prefers-color-scheme: dark", "width=device-width", "Protocol</b> marigold (scale")
        .contains("red &lt;b&gt;", "a &lt;folder&gt;", "skipped: nothing", "rooms: drawn")
        .contains("<h2>Errors</h2>", "<h2>Without ground truth</h2>")
        .contains("<h2>Error by distance</h2>", "<h2>Student against teacher</h2>")
        .contains("ground truth</figcaption>", "error of teacher, AbsRel 0.")
        .doesNotContain("red <b>", "NaN", "http:", "https:", "<script", "@import", "url(");
    assertThat(page.split("<svg ", -1)).hasSameSizeAs(page.split("</svg>", -1));
    assertThat(page.split("<div", -1)).hasSameSizeAs(page.split("</div>", -1));
    assertThat(page.split("<tbody", -1)).hasSameSizeAs(page.split("</tbody>", -1));
  }

  @Test
  void itsPicturesAreTheWorstAndBestOfEverySet() throws IOException {
    String page = Files.readString(write(report));
    // Of two pictures in each of four sets, one is the worst and one the best.
    assertThat(page.split("class=\"tag worst\"", -1)).hasSize(5);
    assertThat(page.split("class=\"tag best\"", -1)).hasSize(5);
    Matcher pictures = Pattern.compile("base64,([^\"]+)\"").matcher(page);
    int count = 0;
    while (pictures.find()) {
      RgbImage picture = ImageFiles.read(Base64.getDecoder().decode(pictures.group(1)), "view");
      assertThat(picture.width()).isEqualTo(64);
      count++;
    }
    // Photo, truth and two pictures a model with ground truth; photo and both maps without.
    assertThat(count).isEqualTo(6 * 6 + 2 * 3);
  }

  @Test
  void figuresStandInJsonAndEveryPictureInTheTable() throws IOException {
    write(report);
    JsonNode figures = new ObjectMapper().readTree(report.resolve("figures.json").toFile());
    JsonNode rooms = figures.at("/models/0/sets/0");
    assertThat(rooms.get("set").asText()).isEqualTo("rooms");
    assertThat(rooms.get("absrel").asDouble())
        .isBetween(
            rooms.at("/absrel_interval/0").asDouble(), rooms.at("/absrel_interval/1").asDouble());
    assertThat(rooms.get("edges").asDouble()).isBetween(0.0, 1.0);
    assertThat(rooms.get("flicker").isNull()).isTrue();
    assertThat(figures.at("/models/0/agreement/0/delta1").asDouble()).isBetween(0.0, 1.0);
    assertThat(figures.at("/teacher/ratio_of_means").asDouble()).isEqualTo(1);
    List<String> lines = Files.readAllLines(report.resolve("samples.csv"));
    // Eight pictures of the model and the teacher's six with ground truth, below the header.
    assertThat(lines).hasSize(1 + 8 + 6);
    assertThat(lines).allMatch(line -> line.split(",", -1).length == 20);
    assertThat(lines.get(1)).startsWith("red <b>,rooms,scene0,3072,0.");
  }

  @Test
  void aRunThatWasStoppedGoesOn() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Contestant counted =
        new Contestant(
            "counted",
            image -> {
              asked.incrementAndGet();
              return channel(image, 0);
            });
    Evaluation first = run(counted, Averaging.PICTURES);
    assertThat(asked).hasValue(8);
    // As if it had been killed before the last three pictures.
    Path file = report.resolve("journal.jsonl");
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, 5));
    Evaluation second = run(counted, Averaging.PICTURES);
    assertThat(asked).hasValue(8 + 3);
    assertThat(Summary.of(second)).isEqualTo(Summary.of(first));
    // A killed run may have left half a character, and others' editors anything.
    Files.write(file, new byte[] {'\n', (byte) 0xc3, '\n'}, StandardOpenOption.APPEND);
    Files.writeString(file, "null\n{}\n[]\n{\"key\":\"a\"}\n", StandardOpenOption.APPEND);
    run(counted, Averaging.PICTURES);
    assertThat(asked).hasValue(8 + 3);
    run(new Contestant("counted", "other weights", counted.predictor()), Averaging.PICTURES);
    assertThat(asked).hasValue(8 + 3 + 8);
    run(counted, Averaging.PIXELS);
    assertThat(asked).hasValue(8 + 3 + 8);
  }

  private Evaluation run(Contestant model, Averaging averaging) {
    try (Journal journal = EvaluationReport.journal(report, "data", true)) {
      return Evaluator.of(List.of(model))
          .averaging(averaging)
          .on(3)
          .keeping(journal)
          .run(DataSets.open(data));
    }
  }

  @Test
  void threadsChangeNothing() {
    Evaluator evaluator = Evaluator.of(List.of(red)).against(blue);
    DataSet set = DataSets.open(data);
    assertThat(Summary.of(evaluator.on(4).run(set)))
        .isEqualTo(Summary.of(evaluator.on(1).run(set)));
  }

  @Test
  void theTerminalHasATableForEachKindOfSet() {
    Evaluation evaluation =
        Evaluator.of(List.of(red))
            .against(blue)
            .averaging(Averaging.PIXELS)
            .run(DataSets.open(data));
    List<String> lines = EvaluationText.lines(evaluation, Summary.of(evaluation), FACTS);
    assertThat(lines.get(0)).endsWith("; pooled over the pixels of all images");
    assertThat(lines.get(2)).matches("red <b> +rooms +2 +[\\d.]+ +[\\d.]+ +[\\d.]+ .*");
    assertThat(lines)
        .anyMatch(line -> line.matches("red <b> +plain +2( +[-\\d.]+){7}"))
        .contains("skipped: nothing");
  }

  private Path write(Path folder) {
    List<Contestant> everyone = new ArrayList<>(List.of(red, blue));
    DataSet set = DataSets.open(data);
    Evaluation evaluation = Evaluator.of(List.of(red)).against(blue).run(set);
    Gallery gallery = Gallery.of(evaluation, set, everyone, 2);
    return EvaluationReport.write(folder, evaluation, Summary.of(evaluation), gallery, FACTS);
  }

  private static DepthMap channel(RgbImage image, int channel) {
    float[] values = new float[image.width() * image.height()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (image.data()[3 * i + channel] & 0xff) / 255f;
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, image.width(), image.height(), values);
  }
}
