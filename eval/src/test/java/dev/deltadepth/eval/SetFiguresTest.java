package dev.deltadepth.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.datasets.DataSets;
import dev.deltadepth.datasets.SceneFolder;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of whole sets, against a plain reckoning of the formulas of the default protocol from
 * the files as they lie there: least squares by the normal equations, then means over pixels and
 * over pictures.
 */
class SetFiguresTest {
  @TempDir private Path folder;

  @BeforeEach
  void render() throws IOException {
    SceneFolder.write(folder);
  }

  @Test
  void depthInMillimetresAndIn256thsOfAMetre() throws IOException {
    Evaluation evaluation = evaluate();
    assertSet(evaluation.models().get(0).sets().get(0), "rooms", 1000, 10);
    assertSet(evaluation.models().get(0).sets().get(1), "streets", 256, 80);
  }

  private void assertSet(SetResult found, String set, double steps, double cap) throws IOException {
    double absRel = 0;
    double delta1 = 0;
    double rmse = 0;
    for (int picture = 0; picture < 2; picture++) {
      Raster rgb = raster(set + "/rgb/scene" + picture);
      Raster depth = raster(set + "/depth/scene" + picture);
      boolean[] counts = new boolean[depth.getWidth() * depth.getHeight()];
      double[] inverse = new double[counts.length];
      for (int i = 0; i < counts.length; i++) {
        double metres = sample(depth, i, 0) / steps;
        counts[i] = metres > 1e-3 && metres < cap;
        inverse[i] = 1 / metres;
      }
      double[] fit = fit(rgb, inverse, counts);
      double relative = 0;
      double near = 0;
      double squares = 0;
      int n = 0;
      for (int i = 0; i < counts.length; i++) {
        if (counts[i]) {
          double d = 1 / Math.max(fit[0] * red(rgb, i) + fit[1], 1e-3);
          d = Math.min(Math.max(d, 1e-3), cap);
          double g = 1 / inverse[i];
          relative += Math.abs(d - g) / g;
          near += Math.max(d / g, g / d) < 1.25 ? 1 : 0;
          squares += (d - g) * (d - g);
          n++;
        }
      }
      absRel += relative / n / 2;
      delta1 += near / n / 2;
      rmse += Math.sqrt(squares / n) / 2;
    }
    assertThat(found.set()).isEqualTo(set);
    assertThat(found.score().absRel()).isCloseTo(absRel, within(1e-6));
    assertThat(found.score().delta1()).isCloseTo(delta1, within(1e-6));
    assertThat(found.score().rmse()).isCloseTo(rmse, within(1e-5));
  }

  @Test
  void disparityWithoutUnit() throws IOException {
    double error = 0;
    for (int picture = 0; picture < 2; picture++) {
      Raster rgb = raster("tables/rgb/scene" + picture);
      Raster disparity = raster("tables/depth/scene" + picture);
      boolean[] counts = new boolean[disparity.getWidth() * disparity.getHeight()];
      double[] values = new double[counts.length];
      for (int i = 0; i < counts.length; i++) {
        values[i] = sample(disparity, i, 0);
        counts[i] = values[i] > 0;
      }
      double[] fit = fit(rgb, values, counts);
      double wrong = 0;
      double sum = 0;
      for (int i = 0; i < counts.length; i++) {
        wrong += counts[i] ? Math.abs(fit[0] * red(rgb, i) + fit[1] - values[i]) : 0;
        sum += counts[i] ? values[i] : 0;
      }
      error += wrong / sum / 2;
    }
    SetResult tables = evaluate().models().get(0).sets().get(2);
    assertThat(tables.score().absRel()).isCloseTo(error, within(1e-6));
    assertThat(tables.score().delta1()).isNaN();
  }

  private Evaluation evaluate() {
    return Evaluator.of(List.of(new Contestant("red", SetFiguresTest::redChannel)))
        .run(DataSets.open(folder));
  }

  /** Scale and shift of red for the targets. */
  private static double[] fit(Raster rgb, double[] targets, boolean[] counts) {
    double n = 0;
    double p = 0;
    double pp = 0;
    double t = 0;
    double pt = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i]) {
        double red = red(rgb, i);
        n++;
        p += red;
        pp += red * red;
        t += targets[i];
        pt += red * targets[i];
      }
    }
    double scale = (n * pt - p * t) / (n * pp - p * p);
    return new double[] {scale, (t - scale * p) / n};
  }

  private static double red(Raster rgb, int i) {
    return sample(rgb, i, 0) / 255;
  }

  private static double sample(Raster raster, int i, int band) {
    return raster.getSample(i % raster.getWidth(), i / raster.getWidth(), band);
  }

  private Raster raster(String name) throws IOException {
    BufferedImage image = ImageIO.read(folder.resolve(name + ".png").toFile());
    return image.getRaster();
  }

  private static DepthMap redChannel(RgbImage image) {
    float[] values = new float[image.width() * image.height()];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.value(i % image.width(), i / image.width(), 0) / 255f;
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, image.width(), image.height(), values);
  }
}
