package dev.deltadepth.cli.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.TestFilm;
import dev.deltadepth.cli.clip.LiveScreen.Screen;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.video.clip.FrameDepth;
import dev.deltadepth.video.read.ClipFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveScreenTest {
  private static final int WIDTH = 32;
  private static final int HEIGHT = 24;

  @TempDir Path folder;
  private long time;

  private Screen next(LiveScreen screen) {
    RgbImage frame = new RgbImage(WIDTH, HEIGHT, new byte[3 * WIDTH * HEIGHT]);
    float[] values = new float[WIDTH * HEIGHT];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % WIDTH;
    }
    DepthMap map = new DepthMap(DepthMap.Kind.DISPARITY, WIDTH, HEIGHT, values);
    time += 50_000_000;
    return screen.draw(
        new FrameDepth(new ClipFrame(0, 0, 0, frame, frame), map, new Normalization(0, WIDTH - 1)),
        time);
  }

  private LiveScreen screen() {
    return new LiveScreen(folder, Colormap.named("gray"), false);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void bothThenDepthThenTheCamera() {
    try (LiveScreen screen = screen()) {
      RgbImage both = next(screen).picture();
      assertThat(both.width()).isEqualTo(2 * WIDTH);
      assertThat(both.value(WIDTH - 1, 5, 0)).isZero();
      assertThat(both.value(2 * WIDTH - 1, 5, 0)).isEqualTo(255);
      screen.key('v');
      assertThat(next(screen).picture().value(WIDTH - 1, 5, 0)).isEqualTo(255);
      screen.key('I');
      assertThat(next(screen).picture().value(WIDTH - 1, 5, 0)).isZero();
      screen.key('v');
      assertThat(next(screen).picture().value(0, 5, 0)).isZero();
      screen.key('v');
      assertThat(next(screen).picture().width()).isEqualTo(2 * WIDTH);
    }
  }

  @Test
  void coloursGoRound() {
    try (LiveScreen screen = screen()) {
      next(screen);
      assertThat(next(screen).lines().get(0)).isEqualTo("20.0 frames/s, gray");
      for (int i = 0; i < Colormap.names().size(); i++) {
        screen.key('c');
      }
      assertThat(next(screen).lines().get(0)).endsWith(", gray");
      screen.key('h');
      assertThat(next(screen).lines()).isEmpty();
    }
  }

  @Test
  void onlyQAndEscapeEndIt() {
    try (LiveScreen screen = screen()) {
      assertThat(screen.key('x')).isTrue();
      assertThat(screen.key('q')).isFalse();
      assertThat(screen.key((char) 27)).isFalse();
    }
  }

  @Test
  void snapshotsGetTheNextFreeName() throws IOException {
    Files.createFile(folder.resolve("live-0001.png"));
    try (LiveScreen screen = screen()) {
      screen.key('s');
      Screen seen = next(screen);
      assertThat(seen.lines()).last().isEqualTo("saved " + folder.resolve("live-0002.png"));
      assertThat(ImageFiles.read(folder.resolve("live-0002.png"))).isEqualTo(seen.picture());
      next(screen);
    }
    assertThat(names()).containsExactly("live-0001.png", "live-0002.png");
  }

  @Test
  void aRecordingKeepsItsViewAndIsFinishedAtTheEnd() throws IOException {
    try (LiveScreen screen = screen()) {
      screen.key('r');
      assertThat(next(screen).lines().get(0)).contains("recording");
      screen.key('v');
      next(screen);
      next(screen);
      screen.key('r');
      assertThat(next(screen).lines()).last().isEqualTo("saved " + folder.resolve("live-0001.mp4"));
      screen.key('r');
      next(screen);
    }
    assertThat(names()).containsExactly("live-0001.mp4", "live-0002.mp4");
    assertThat(TestFilm.frames(folder.resolve("live-0001.mp4"))).isEqualTo(3);
    assertThat(TestFilm.frames(folder.resolve("live-0002.mp4"))).isEqualTo(1);
  }

  @Test
  void whatCannotBeWrittenIsSaidAndTheRestGoesOn() throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    try (LiveScreen screen = new LiveScreen(gone, Colormap.named("gray"), false)) {
      Files.delete(gone);
      screen.key('s');
      assertThat(next(screen).lines()).last().asString().contains("live-0001.png");
      screen.key('r');
      assertThat(next(screen).lines()).last().asString().contains("live-0001.mp4");
      assertThat(next(screen).lines().get(0)).doesNotContain("recording");
    }
  }
}
