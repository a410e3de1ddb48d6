package dev.deltadepth.io.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.space.Calibration;
import dev.deltadepth.core.space.Fit;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.map.MapDescription.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationFileTest {
  private static final DepthMap MAP =
      new DepthMap(Kind.DISPARITY, 2, 2, new float[] {0, 0.25f, 0.5f, 1});
  private static final Origin ORIGIN = origin("embedded", "cafe", 512, 384, 2);

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void aCalibrationComesBackAsItWas() {
    Path file = folder.resolve("fixed.json");
    Calibration calibration = Calibration.metric(0.1 + 0.2, -1e-17);
    CalibrationFile.write(calibration, ORIGIN, file);
    assertThat(CalibrationFile.read(file))
        .isEqualTo(new CalibrationFile.Kept(calibration, "embedded", "cafe", 512, 384, 2));
    assertThat(file).content().contains("\"model\" : \"embedded\"").contains("metres = 1 /");
  }

  private static Origin origin(String model, String sha256, int width, int height, int tiles) {
    return new Origin("Delta", model, sha256, "", width, height, "joint", tiles, false);
  }

  @Test
  void aCalibrationKnowsWhatItWasMadeWith() {
    Path file = folder.resolve("fixed.json");
    CalibrationFile.write(Calibration.metric(1, 0), ORIGIN, file);
    CalibrationFile.Kept kept = CalibrationFile.read(file);
    assertThat(kept.difference(ORIGIN)).isEmpty();
    assertThat(kept.difference(origin("large", "f00d", 512, 384, 2)))
        .contains("it was made with the model embedded, not large");
    assertThat(kept.difference(origin("embedded", "f00d", 512, 384, 2)))
        .contains("it was made with another version of the model embedded");
    assertThat(kept.difference(origin("embedded", "cafe", 384, 512, 2)))
        .contains("it was made where the network saw 512x384 pixels, not 384x512");
    assertThat(kept.difference(origin("embedded", "cafe", 512, 384, 0)))
        .contains("it was made with --tiles 2, not 0");
  }

  @Test
  void aCalibrationThatDoesNotSayWhatItWasMadeWithFitsAll() throws IOException {
    Path file = file("old.json", "{\"scale\":2,\"shift\":0.5,\"unit\":\"metres\",\"model\":\"a\"}");
    CalibrationFile.Kept kept = CalibrationFile.read(file);
    assertThat(kept.calibration()).isEqualTo(Calibration.metric(2, 0.5));
    assertThat(kept.difference(ORIGIN)).isEmpty();
  }

  @Test
  void readsPointsFromCsvWithAndWithoutTitlesAndNames() throws IOException {
    Path file = file("a.csv", "\uFEFFx,y,metres,name\n# the door\n0,0,4,door\n1.9, 1.2, 0.8\n\n");
    assertThat(CalibrationFile.points(file))
        .containsExactly(new Fit.Point("door", 0, 0, 4), new Fit.Point("line 4", 1, 1, 0.8));
    assertThat(CalibrationFile.points(file("b.txt", "0;0;4\n1\t1\t0.8\n"))).hasSize(2);
    // As spreadsheets write in countries of decimal commas.
    assertThat(CalibrationFile.points(file("c.csv", "x;y;m\n10;20,7;4,5;lamp\n")))
        .containsExactly(new Fit.Point("lamp", 10, 20, 4.5));
  }

  @Test
  void readsPointsFromJson() throws IOException {
    String list =
        "[{\"x\": 0, \"y\": 0, \"metres\": 4, \"name\": \"door\"}, {\"x\":1,\"y\":1,\"metres\":0.8}]";
    assertThat(CalibrationFile.points(file("a.json", list)))
        .containsExactly(new Fit.Point("door", 0, 0, 4), new Fit.Point("point 2", 1, 1, 0.8));
    assertThat(CalibrationFile.points(file("b.json", "{\"points\": " + list + "}"))).hasSize(2);
  }

  @Test
  void fitsAMapToAFile() throws IOException {
    Fit fit = CalibrationFile.fit(MAP, file("a.csv", "0,0,4\n1,1,0.8\n"));
    assertThat(fit.calibration().alignment().shift()).isCloseTo(0.25, within(1e-9));
    assertThat(fit.calibration().alignment().scale()).isCloseTo(1, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1,1,1",
        "1,1,1\n9,9,2,lamp",
        "1,1\n2,2",
        "a1,2,3",
        "1,1,1\n0,0,-2",
        "1,1,1\n0,0,NaN",
        "1,1,1,5\n0,0,Infinity",
        "NaN1,0,2",
        "1,1,1\n0,1,1",
        "1,1,3\n0,0,1"
      })
  void pointsThatAreNoneAreRefusedByName(String content) throws IOException {
    Path file = file("bad.csv", content);
    assertThatThrownBy(() -> CalibrationFile.fit(MAP, file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("bad.csv");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[1]",
        "[{\"x\":1}]",
        "[{\"x\":1,\"y\":1,\"metres\":\"2\"}]",
        "[{\"x\":1,\"y\":1,\"metres\":0}]",
        "[{\"x\":1e999,\"y\":1,\"metres\":1}]"
      })
  void jsonThatHoldsNoPointsIsRefusedByName(String content) throws IOException {
    Path file = file("bad.json", content);
    assertThatThrownBy(() -> CalibrationFile.points(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("bad.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "{\"scale\":1}",
        "{\"scale\":1,\"shift\":0}",
        "{\"scale\":0,\"shift\":0,\"unit\":\"metres\"}",
        "{\"scale\":1,\"shift\":\"0\",\"unit\":\"metres\"}",
        "{\"scale\":1,\"shift\":0,\"unit\":\"feet\"}"
      })
  void whatIsNoCalibrationIsRefusedByName(String content) throws IOException {
    Path file = file("bad.json", content);
    assertThatThrownBy(() -> CalibrationFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("bad.json");
  }
}
