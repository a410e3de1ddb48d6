package dev.deltadepth.video;

import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Mutations;
import dev.deltadepth.io.space.PhoneDepth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changed pictures that FFmpeg reads: see {@link Mutations}. */
class MutationTest {

  @Test
  void structuresOfHeif() {
    new Mutations("structure", HeifPictureTest.samples())
        .run(
            content -> {
              try {
                HeifFile file = HeifFile.of(content);
                int item = file.primary();
                file.properties(item);
                file.opacity(item);
                file.depth(item).ifPresent(file::description);
                file.data(item);
              } catch (IllegalArgumentException e) {
                // What it throws when a file is damaged; pictures make it plain.
              }
            });
  }

  @Test
  void heic() {
    new Mutations("heic", HeifPictureTest.samples())
        .ofProcesses()
        .run(
            content -> {
              ImageFiles.read(content, "a.heic", 1_000_000);
              PhoneDepth.read(content, "a.heic");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg2000", "exr"})
  void others(String codec) {
    byte[] pixels = new byte[64 * 48 * 3];
    String stored = codec.equals("exr") ? "gbrpf32le" : "rgb24";
    List<byte[]> seeds =
        new ArrayList<>(List.of(HeifPictureTest.encoded(pixels, codec, "image2pipe", stored)));
    new Mutations(codec, seeds)
        .ofProcesses()
        .run(content -> ImageFiles.read(content, codec.equals("exr") ? "a.exr" : "a.jp2"));
  }
}
