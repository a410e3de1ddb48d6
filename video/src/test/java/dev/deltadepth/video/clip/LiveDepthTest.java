package dev.deltadepth.video.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.video.read.Clip;
import dev.deltadepth.video.read.ClipLimits;
import dev.deltadepth.video.read.ClipSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveDepthTest {
  @TempDir Path folder;

  private LiveDepth live(int side) {
    Path in = Films.film(folder.resolve("in.mp4"));
    return new LiveDepth(
        Clip.open(ClipSource.of(in.toString()), Films.PROGRAM, ClipLimits.defaults()),
        Films.red(),
        ClipStyle.of(Colormap.named("gray")),
        ClipOptions.defaults().withSide(side));
  }

  @Test
  void framesComeInOrderWithMapsOfTheirSize() {
    List<Long> indices = new ArrayList<>();
    LiveDepth live = live(0);
    assertThat(
            live.run(
                depth -> {
                  indices.add(depth.frame().index());
                  assertThat(depth.map().width()).isEqualTo(depth.frame().picture().width());
                  assertThat(depth.map().height()).isEqualTo(48);
                  assertThat(depth.window().high()).isGreaterThan(depth.window().low());
                }))
        .isEmpty();
    assertThat(indices).isSorted().doesNotHaveDuplicates().startsWith(0L);
    assertThat(live.costs().frames()).isEqualTo(indices.size());
  }

  @Test
  void theSideIsAtMostWhatWasAskedFor() {
    live(32)
        .run(
            depth -> {
              assertThat(depth.frame().picture().width()).isEqualTo(32);
              assertThat(depth.map().height()).isEqualTo(24);
            });
  }

  @Test
  void stopEndsIt() {
    LiveDepth live = live(0);
    List<FrameDepth> seen = new ArrayList<>();
    live.run(
        depth -> {
          seen.add(depth);
          live.stop();
        });
    // Those on their way are shown; of ten, the others are not read.
    assertThat(seen).hasSizeBetween(1, 9);
  }
}
