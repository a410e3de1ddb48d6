package dev.deltadepth.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.DataSets;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.metrics.TemporalInstability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames of a camera that stands still and of a scene whose noise changes. */
class SequenceTest {
  private static final int FRAMES = 37;

  @TempDir private Path folder;
  private final List<RgbImage> frames = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final Contestant blue =
      new Contestant(
          "blue",
          image -> {
            asked.incrementAndGet();
            return blue(image);
          });

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("frames"));
    Random random = new Random(3);
    for (int i = 0; i < FRAMES; i++) {
      byte[] data = new byte[3 * 32 * 24];
      for (int j = 0; j < data.length; j++) {
        data[j] = (byte) (60 + j % 90 + random.nextInt(20));
      }
      frames.add(new RgbImage(32, 24, data));
      ImageFiles.writePng(frames.get(i), folder.resolve(String.format("frames/%03d.png", i)));
    }
    Files.writeString(
        folder.resolve("eval.json"),
        """
        {"format": 1, "sets": [
          {"name": "walk", "kind": "unlabelled", "rgb": "frames", "sequence": true}]}
        """);
  }

  @Test
  void theFlickerIsThatOfTheWholeSequenceWhateverTheThreads() {
    TemporalInstability whole = new TemporalInstability();
    frames.forEach(frame -> whole.add(frame, blue(frame)));
    for (int threads : new int[] {1, 3}) {
      Evaluation evaluation = Evaluator.of(List.of(blue)).on(threads).run(data());
      AgreementResult walk = evaluation.models().get(0).agreements().get(0);
      assertThat(walk.images()).isEqualTo(FRAMES);
      assertThat(walk.samples().get(0).flicker()).isNaN();
      assertThat(walk.flicker()).isCloseTo(whole.value(), within(1e-12));
      assertThat(walk.mean().pearson()).isNaN();
    }
  }

  @Test
  void theTeacherFlickersToo() {
    Contestant red = new Contestant("red", SequenceTest::red);
    Summary summary = Summary.of(Evaluator.of(List.of(blue)).against(red).run(data()));
    assertThat(summary.agreements())
        .extracting(Summary.AgreementRow::model)
        .containsExactly("blue", "red");
    assertThat(summary.agreements()).allMatch(row -> row.flicker() > 0);
    assertThat(summary.agreements().get(0).mean().pearson()).isBetween(-1.0, 1.0);
    assertThat(summary.agreements().get(1).mean().pearson()).isNaN();
  }

  @Test
  void aSequenceThatWasStoppedGoesOn() throws IOException {
    Path file = folder.resolve("journal.jsonl");
    double flicker = flicker(file);
    int first = asked.getAndSet(0);
    // Of 16 frames at a time, each but the first 16 with the frame before them.
    assertThat(first).isEqualTo(FRAMES + 2);
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, 20));
    assertThat(flicker(file)).isEqualTo(flicker);
    assertThat(asked).hasValue(FRAMES - 16 + 2);
  }

  private double flicker(Path file) {
    try (Journal journal = Journal.open(file, "walk")) {
      return Evaluator.of(List.of(blue))
          .on(1)
          .keeping(journal)
          .run(data())
          .models()
          .get(0)
          .agreements()
          .get(0)
          .flicker();
    }
  }

  private DataSet data() {
    return DataSets.open(folder);
  }

  private static DepthMap blue(RgbImage image) {
    return channel(image, 2);
  }

  private static DepthMap red(RgbImage image) {
    return channel(image, 0);
  }

  private static DepthMap channel(RgbImage image, int channel) {
    float[] values = new float[image.width() * image.height()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (image.data()[3 * i + channel] & 0xff) / 255f;
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, image.width(), image.height(), values);
  }
}
