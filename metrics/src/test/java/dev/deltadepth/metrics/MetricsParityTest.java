package dev.deltadepth.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.nn.ParityGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All figures of the fixtures, which hold the values of the evaluation code of Marigold, ZipDepth,
 * MiDaS and Depth Anything V2 in double precision: every protocol, cap and crop, averaged and
 * pooled.
 */
@Tag("shared")
class MetricsParityTest {
  private static final Map<String, Protocol> PROTOCOLS =
      Map.of(
          "disparity/none", Protocol.METRIC,
          "disparity/median", Protocol.MEDIAN,
          "disparity/lsq_depth", Protocol.DEPTH_LSQ,
          "disparity/lsq_disparity", Protocol.MARIGOLD_POSITIVE,
          "disparity/midas", Protocol.MIDAS,
          "depth/none", Protocol.METRIC,
          "depth/median", Protocol.MEDIAN,
          "depth/lsq_depth", Protocol.DEPTH_LSQ);

  private final Path parity = Path.of(System.getProperty("delta.shared"), "parity");
  private JsonNode fixtures = new ObjectMapper().createObjectNode();

  @BeforeEach
  void read() throws IOException {
    fixtures = new ObjectMapper().readTree(parity.resolve("metrics.json").toFile());
  }

  @Test
  void everyProtocolCapAndCropHasTheReferencesFigures() {
    int checked = 0;
    for (JsonNode one : fixtures.get("cases")) {
      Images image = image(one.get("image").asText());
      Crop crop = one.get("eigen_crop").asBoolean() ? Crop.NYU_EIGEN : Crop.NONE;
      Region region = new Region(one.get("cap").asDouble(), crop);
      assertThat(one.get("protocols").size()).isEqualTo(PROTOCOLS.size());
      for (Map.Entry<String, JsonNode> entry : one.get("protocols").properties()) {
        DepthMetrics metrics = metrics(entry.getKey(), image, region);
        assertThat(metrics.count()).isEqualTo(one.get("valid_pixels").asLong());
        assertSame(
            entry.getValue().get("metrics"),
            metrics.score(),
            one.get("image").asText() + " " + region + " " + entry.getKey());
        checked++;
      }
    }
    assertThat(checked).isEqualTo(32);
  }

  @Test
  void severalImagesAreAveragedOrPooled() {
    JsonNode several = fixtures.get("several_images");
    Region region = Region.upTo(several.get("cap").asDouble());
    assertThat(several.get("protocols").size()).isPositive();
    for (Map.Entry<String, JsonNode> entry : several.get("protocols").properties()) {
      List<Score> scores = new ArrayList<>();
      DepthMetrics pooled = new DepthMetrics();
      for (JsonNode name : several.get("images")) {
        DepthMetrics metrics = metrics(entry.getKey(), image(name.asText()), region);
        String where = name.asText() + " " + entry.getKey();
        assertSame(entry.getValue().get("per_image").get(name.asText()), metrics.score(), where);
        scores.add(metrics.score());
        pooled.add(metrics);
      }
      assertSame(
          entry.getValue().get("per_image_mean"), Score.mean(scores), "mean " + entry.getKey());
      assertSame(entry.getValue().get("pooled"), pooled.score(), "pooled " + entry.getKey());
    }
  }

  /** The default's fit leaves no pixel out; where all are positive it is Marigold's own. */
  @Test
  void theDefaultIsMarigoldsWherePredictionsArePositive() {
    Images image = image("small");
    float[] positive = image.disparity.data().clone();
    for (int i = 0; i < positive.length; i++) {
      positive[i] = Math.max(positive[i], 1e-4f);
    }
    DepthMap map = new DepthMap(DepthMap.Kind.DISPARITY, 64, 48, positive);
    Region region = Region.upTo(10);
    assertThat(Protocol.MARIGOLD.score(map, image.truth, region))
        .isEqualTo(Protocol.MARIGOLD_POSITIVE.score(map, image.truth, region));
  }

  private static DepthMetrics metrics(String name, Images image, Region region) {
    DepthMap prediction = name.startsWith("depth/") ? image.depth : image.disparity;
    return PROTOCOLS.get(name).metrics(prediction, image.truth, region);
  }

  private static void assertSame(JsonNode expected, Score score, String where) {
    Map<String, Double> figures =
        Map.of(
            "abs_rel", score.absRel(),
            "sq_rel", score.sqRel(),
            "rmse", score.rmse(),
            "rmse_log", score.rmseLog(),
            "log10", score.log10(),
            "silog_x100", score.silog());
    figures.forEach(
        (key, value) -> {
          double reference = expected.get(key).asDouble();
          assertThat(value).as(where + " " + key).isCloseTo(reference, within(1e-9 * reference));
        });
    // Shares of one count: the same count is the same share, up to the mean's last digit.
    double digit = 1e-15;
    assertThat(score.delta1())
        .as(where)
        .isCloseTo(expected.get("delta1").asDouble(), within(digit));
    assertThat(score.delta2())
        .as(where)
        .isCloseTo(expected.get("delta2").asDouble(), within(digit));
    assertThat(score.delta3())
        .as(where)
        .isCloseTo(expected.get("delta3").asDouble(), within(digit));
  }

  private record Images(DepthMap truth, DepthMap disparity, DepthMap depth) {}

  private Images image(String name) {
    if (!fixtures.at("/inputs/" + name + "/gt").has("file")) {
      return generated(name);
    }
    return new Images(
        stored(name, "gt", DepthMap.Kind.METRES),
        stored(name, "disparity", DepthMap.Kind.DISPARITY),
        stored(name, "depth", DepthMap.Kind.METRES));
  }

  private DepthMap stored(String name, String part, DepthMap.Kind kind) {
    String file = fixtures.at("/inputs/" + name + "/" + part + "/file").asText();
    return new DepthMap(kind, 64, 48, NpyFile.read(parity.resolve(file)).data());
  }

  /** By the formula of the fixtures; whether it is right shows in the sums that they give. */
  private Images generated(String name) {
    JsonNode input = fixtures.at("/inputs/" + name);
    int height = input.at("/shape/0").asInt();
    int width = input.at("/shape/1").asInt();
    int count = width * height;
    double[] u = ParityGenerator.uniform("metric:" + name + ":gt", count);
    double[] hole = ParityGenerator.uniform("metric:" + name + ":hole", count);
    double[] noise = ParityGenerator.uniform("metric:" + name + ":disparity", count);
    double[] negative = ParityGenerator.uniform("metric:" + name + ":negative", count);
    double[] stretch = ParityGenerator.uniform("metric:" + name + ":depth", count);
    JsonNode box = input.get("box_y0_y1_x0_x1");
    float[] truth = new float[count];
    float[] disparity = new float[count];
    float[] depth = new float[count];
    for (int i = 0; i < count; i++) {
      int y = i / width;
      int x = i % width;
      double down = (height - 1 - y) / (height - 1.0);
      double z = ((1 + 8 * down) + 1.5 * (x / (width - 1.0))) + 0.6 * u[i];
      if (y >= box.get(0).asInt()
          && y < box.get(1).asInt()
          && x >= box.get(2).asInt()
          && x < box.get(3).asInt()) {
        z = 2.2 + 0.1 * u[i];
      }
      truth[i] = hole[i] < input.get("hole").asDouble() ? 0 : (float) z;
      disparity[i] = negative[i] < -0.97 ? -0.005f : (float) ((0.9 / z + 0.02) + 0.06 * noise[i]);
      depth[i] = (float) ((1.05 * z + 0.2) * (1 + 0.45 * stretch[i]));
    }
    assertSum(truth, input.get("gt"));
    assertSum(disparity, input.get("disparity"));
    assertSum(depth, input.get("depth"));
    return new Images(
        new DepthMap(DepthMap.Kind.METRES, width, height, truth),
        new DepthMap(DepthMap.Kind.DISPARITY, width, height, disparity),
        new DepthMap(DepthMap.Kind.METRES, width, height, depth));
  }

  private static void assertSum(float[] values, JsonNode expected) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    double reference = expected.get("sum").asDouble();
    assertThat(sum).isCloseTo(reference, within(1e-12 * reference));
    assertThat((double) values[values.length - 1]).isEqualTo(expected.get("last").asDouble());
  }
}
