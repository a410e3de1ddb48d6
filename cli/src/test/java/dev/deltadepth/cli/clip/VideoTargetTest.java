package dev.deltadepth.cli.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.video.read.ClipSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoTargetTest {
  @TempDir Path folder;

  private Path target(String name) {
    ClipSource source = ClipSource.of(folder.resolve(name).toString());
    return VideoTarget.of(source, Optional.empty(), true, Optional.empty()).path();
  }

  @Test
  void numbersLeaveTheNameOfPicturesAndStayInThatOfAFile() throws IOException {
    assertThat(target("frame_%04d.png")).isEqualTo(folder.resolve("frame.depth.mp4"));
    Files.createFile(folder.resolve("clip_%d.mp4"));
    assertThat(target("clip_%d.mp4")).isEqualTo(folder.resolve("clip_%d.depth.mp4"));
  }
}
