package dev.deltadepth.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TumRgbdTest {
  @TempDir private Path folder;
  private Path sequence;

  /** The first picture has no depth near enough; the second and third want the same one. */
  @BeforeEach
  void write() throws IOException {
    sequence = folder.resolve("rgbd_dataset_freiburg1_xyz");
    Files.createDirectories(sequence);
    Files.writeString(
        sequence.resolve("rgb.txt"),
        """
        # color images
        # file: 'rgbd_dataset_freiburg1_xyz.bag'
        # timestamp filename
        1305031102.100000 rgb/1305031102.100000.png
        1305031102.175304 rgb/1305031102.175304.png
        1305031102.185304 rgb/1305031102.185304.png
        1305031102.211214 rgb/1305031102.211214.png
        """);
    Files.writeString(
        sequence.resolve("depth.txt"),
        """
        # depth maps
        1305031102.120000 depth/1305031102.120000.png
        1305031102.160407 depth/1305031102.160407.png
        1305031102.184304 depth/1305031102.184304.png
        1305031102.226738 depth/1305031102.226738.png
        """);
    for (String time : new String[] {"100000", "175304", "185304", "211214"}) {
      Pictures.png(sequence.resolve("rgb/1305031102." + time + ".png"), 4, 3, 0);
    }
    int metres = 1;
    for (String time : new String[] {"120000", "160407", "184304", "226738"}) {
      int stored = 5000 * metres++;
      Pictures.depth(
          sequence.resolve("depth/1305031102." + time + ".png"), 4, 3, (x, y) -> x * stored / 2);
    }
  }

  @Test
  void picturesGetTheDepthNearestInTime() {
    SampleSet set = DataSets.open(folder).sets().get(0);
    assertThat(set.name()).isEqualTo("tum");
    assertThat(set.samples())
        .extracting(Sample::id)
        .containsExactly(
            "rgbd_dataset_freiburg1_xyz/1305031102.175304",
            "rgbd_dataset_freiburg1_xyz/1305031102.185304",
            "rgbd_dataset_freiburg1_xyz/1305031102.211214");
    assertThat(set.samples())
        .extracting(Sample::sequence)
        .containsOnly("rgbd_dataset_freiburg1_xyz");
    assertThat(set.samples())
        .extracting(sample -> sample.truth().value(2, 0))
        .containsExactly(2f, 3f, 4f);
    assertThat(set.samples().get(0).truth().value(0, 0)).isNaN();
  }

  @Test
  void oneSequenceIsASetToo() {
    assertThat(DataSets.open(sequence).count()).isEqualTo(3);
  }

  @Test
  void wrongOrPartialCopiesAreNamed() throws IOException {
    Files.delete(sequence.resolve("depth/1305031102.160407.png"));
    assertRefused("1305031102.160407.png, which does not exist: unpack the sequence again");
    Files.writeString(sequence.resolve("depth.txt"), "now depth/1.png\n");
    assertRefused("depth.txt has the line 'now depth/1.png', which is not a time and a file");
    Files.writeString(sequence.resolve("depth.txt"), "1305031102.184304\n");
    assertRefused("not a time and a file");
    // Differences of such times have as many digits.
    for (String time : List.of("1e999999999", "-1e999999999", "1e-999999999", "NaN")) {
      Files.writeString(sequence.resolve("depth.txt"), time + " depth/1.png\n");
      assertRefused("depth.txt has the line '" + time + " depth/1.png', which is not a time");
    }
    Files.writeString(sequence.resolve("depth.txt"), "1305031102.184304 depth/\0.png\n");
    assertRefused("depth.txt has the line '1305031102.184304 depth/");
    Files.writeString(sequence.resolve("depth.txt"), "7.5 depth/7.5.png\n");
    assertRefused("has no picture with a depth within 0.02 s");
    Files.write(sequence.resolve("depth.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 10});
    assertRefused("depth.txt is not a text file");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> DataSets.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message);
  }
}
