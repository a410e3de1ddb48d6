package dev.deltadepth.eval.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The arithmetic of a benchmark, on times that are made up. */
class BenchTimesTest {
  private static final long MILLI = 1_000_000;

  @Test
  void quantilesAreInMilliseconds() {
    long[] nanos = LongStream.rangeClosed(1, 11).map(i -> i * MILLI).toArray();
    assertThat(Latency.of(nanos)).isEqualTo(new Latency(6, 10));
    assertThat(Latency.of(new long[] {3 * MILLI})).isEqualTo(new Latency(3, 3));
  }

  /** In the third turn the machine was busy: both took ten times as long. */
  @Test
  void aRatioIsTakenTurnByTurn() {
    long[] slow = {20, 22, 200, 18, 20};
    long[] fast = {10, 11, 100, 9, 10};
    assertThat(Latency.ratio(slow, fast)).isEqualTo(2);
    assertThatThrownBy(() -> Latency.ratio(slow, new long[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theStepsAreSummedWithinATurn() {
    BenchTimes times = new BenchTimes();
    times.add(turn(1), 2 * MILLI);
    times.add(turn(2), 4 * MILLI);
    times.add(turn(3), 6 * MILLI);
    // Of 1..6 ms for decode..encode, an estimate is resize, inference and upsample: 2 + 3 + 4.
    assertThat(times.estimate().p50()).isEqualTo(18);
    assertThat(times.whole().p50()).isEqualTo(42);
    assertThat(times.of(BenchStage.COLOUR).p50()).isEqualTo(10);
    assertThat(times.bare().p50()).isEqualTo(4);
    assertThat(times.overhead()).isCloseTo(4.5, within(1e-12));
    BenchTimes half = new BenchTimes();
    half.add(turn(0.5), MILLI);
    half.add(turn(1), 2 * MILLI);
    half.add(turn(1.5), MILLI);
    assertThat(times.ratioTo(half)).isCloseTo(2, within(1e-12));
    assertThat(times.bareRatioTo(half)).isEqualTo(2);
  }

  @Test
  void aReportSaysTheSameInEveryForm(@TempDir Path folder) throws IOException {
    BenchTimes times = new BenchTimes();
    times.add(turn(1), 2 * MILLI);
    BenchRow row = BenchRow.of("a, b", 352, 256, 2, times, times);
    BenchModel known = new BenchModel("a, b", 2_110_545, 4_300_000, 150_000_000, 60_000_000);
    BenchReport report = new BenchReport(Map.of("runs", "1"), List.of(known), List.of(row));
    assertThat(report.lines())
        .anyMatch(
            line -> line.matches("a, b +352x256 +2 +9\\.0 +9\\.0 +1\\.00 +2\\.0 +1\\.00 +4\\.50"))
        .anyMatch(
            line ->
                line.matches("a, b +352x256 +2 +1\\.0 +2\\.0 +3\\.0 +4\\.0 +5\\.0 +6\\.0 +21\\.0"))
        .anyMatch(line -> line.matches("a, b +2,110,545 +4\\.30 +150 +60"))
        .anyMatch(line -> line.startsWith("peak: resident memory"));
    report.writeJson(folder.resolve("bench.json"));
    JsonNode json = new ObjectMapper().readTree(folder.resolve("bench.json").toFile());
    assertThat(json.at("/conditions/runs").asText()).isEqualTo("1");
    assertThat(json.at("/models/0/peak_bytes").asLong()).isEqualTo(150_000_000);
    assertThat(json.at("/times/0/inference_p90_ms").asDouble()).isEqualTo(3);
    report.writeCsv(folder.resolve("bench.csv"));
    List<String> csv = Files.readAllLines(folder.resolve("bench.csv"));
    assertThat(csv).hasSize(2);
    assertThat(csv.get(0)).startsWith("model,width,height,threads,estimate_p50_ms");
    assertThat(csv.get(1)).startsWith("\"a, b\",352,256,2,9.0,9.0,1.0,2.0");
  }

  @Test
  void memoryThatIsNotKnownIsSaidToBeSo() {
    BenchTimes times = new BenchTimes();
    times.add(turn(1), 2 * MILLI);
    BenchModel unknown = new BenchModel("a", 5, 1000, 0, 0);
    BenchReport report =
        new BenchReport(
            Map.of(), List.of(unknown), List.of(BenchRow.of("a", 32, 32, 1, times, times)));
    assertThat(report.lines())
        .anyMatch(line -> line.matches("a +5 +0\\.00 +- +-"))
        .anyMatch(line -> line.startsWith("peak: not available"));
  }

  /** One to six milliseconds for the six steps, times a factor. */
  private static Map<BenchStage, Long> turn(double factor) {
    Map<BenchStage, Long> nanos = new EnumMap<>(BenchStage.class);
    int millis = 1;
    for (BenchStage stage : BenchStage.values()) {
      nanos.put(stage, Math.round(factor * millis++ * MILLI));
    }
    return nanos;
  }
}
