package dev.deltadepth.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.io.map.PfmFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiddleburyTest {
  private static final String CALIBRATION =
      """
      cam0=[3997.684 0 1176.728; 0 3997.684 1011.728; 0 0 1]
      cam1=[3997.684 0 1307.839; 0 3997.684 1011.728; 0 0 1]
      doffs=131.111
      baseline=193.001
      width=2964
      height=1988
      ndisp=280
      """;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    float[] disparities = {100, Float.POSITIVE_INFINITY, 50, 200, -200, 0};
    Pictures.png(folder.resolve("Adirondack-perfect/im0.png"), 3, 2, 0);
    PfmFile.write(
        new DepthMap(DepthMap.Kind.DISPARITY, 3, 2, disparities),
        folder.resolve("Adirondack-perfect/disp0.pfm"));
    Files.writeString(folder.resolve("Adirondack-perfect/calib.txt"), CALIBRATION);
    Pictures.png(folder.resolve("Piano/im0.png"), 1, 1, 0);
    byte[] header = "Pf\n1 1\n1.0\n".getBytes(StandardCharsets.US_ASCII);
    Files.write(
        folder.resolve("Piano/disp0GT.pfm"),
        ByteBuffer.allocate(header.length + 4).put(header).putFloat(68.889f).array());
    Files.writeString(folder.resolve("Piano/calib.txt"), CALIBRATION);
  }

  @Test
  void disparitiesBecomeMetresByTheCalibration() {
    DataSet data = DataSets.open(folder);
    assertThat(data.name()).isEqualTo("middlebury");
    assertThat(data.sets().get(0).samples())
        .extracting(Sample::id)
        .containsExactly("Adirondack-perfect", "Piano");
    DepthMap truth = data.sets().get(0).samples().get(0).truth();
    assertThat(truth.kind()).isEqualTo(DepthMap.Kind.METRES);
    // 3997.684 * 0.193001 / (100 + 131.111)
    assertThat(truth.value(0, 0)).isCloseTo(3.338469f, within(1e-5f));
    assertThat(truth.value(1, 0)).isNaN();
    assertThat(truth.value(0, 1)).isCloseTo(2.330207f, within(1e-5f));
    assertThat(truth.value(1, 1)).isNaN();
  }

  @Test
  void eitherByteOrderAndNameOfTheDisparityIsRead() {
    Sample piano = DataSets.open(folder.resolve("Piano")).sets().get(0).samples().get(0);
    assertThat(piano.id()).isEqualTo("Piano");
    assertThat(piano.truth().value(0, 0)).isCloseTo(3.857785f, within(1e-5f));
  }

  @Test
  void wrongOrPartialCopiesAreNamed() throws IOException {
    Path scene = folder.resolve("Piano");
    Files.writeString(scene.resolve("calib.txt"), CALIBRATION.replace("doffs", "offset"));
    Sample piano = DataSets.open(folder).sets().get(0).samples().get(1);
    assertThatThrownBy(piano::truth)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("calib.txt lacks cam0, baseline or doffs");
    Files.writeString(scene.resolve("calib.txt"), CALIBRATION.replace("131.111", "1-3.1"));
    assertThatThrownBy(piano::truth)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("calib.txt is damaged");
    Files.write(scene.resolve("disp0GT.pfm"), new byte[5]);
    assertThatThrownBy(piano::truth)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("disp0GT.pfm is not a portable float map");
    Files.delete(scene.resolve("calib.txt"));
    assertThatThrownBy(() -> DataSets.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("calib.txt does not exist");
  }
}
