package dev.deltadepth.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.Origin;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.metrics.Region;
import dev.deltadepth.metrics.TruthKind;
import dev.deltadepth.scenes.RenderedScene;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Somebody else's data, from outside of the package that reads the known ones. */
class OwnDataSetTest {
  @Test
  void dataThatIsMadeInCodeIsEvaluated() {
    AtomicInteger closed = new AtomicInteger();
    List<Sample> samples = new ArrayList<>();
    List<Sample> frames = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      RenderedScene scene = new SceneRenderer(64, 48, 1).render(Scene.of(Scene.Kind.ROOM, seed));
      samples.add(Sample.of("room-" + seed, "drawn " + seed, scene::image, scene::depthMetres));
      frames.add(Sample.unlabelled("frame-" + seed, "drawn " + seed, scene::image).in("walk"));
    }
    SampleSet rooms =
        new SampleSet("rooms", TruthKind.METRES, Region.upTo(10), new Origin("CC0", ""), samples);
    Evaluation evaluation;
    try (DataSet data = DataSet.of("mine", List.of(rooms), closed::incrementAndGet)) {
      Contestant flat =
          new Contestant(
              "flat",
              photo ->
                  new DepthMap(
                      DepthMap.Kind.DISPARITY,
                      photo.width(),
                      photo.height(),
                      ramp(photo.width(), photo.height())));
      evaluation = Evaluator.of(List.of(flat)).run(data);
    }
    assertThat(closed).hasValue(1);
    SetResult result = evaluation.models().get(0).sets().get(0);
    assertThat(result.set()).isEqualTo("rooms");
    assertThat(result.images()).isEqualTo(3);
    assertThat(result.score().absRel()).isBetween(0.01, 1.0);
    assertThat(frames).allSatisfy(frame -> assertThat(frame.sequence()).isEqualTo("walk"));
  }

  /** Larger, that is nearer, towards the floor. */
  private static float[] ramp(int width, int height) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + (float) i / values.length;
    }
    return values;
  }
}
