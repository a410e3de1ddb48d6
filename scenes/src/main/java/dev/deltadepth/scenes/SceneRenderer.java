package dev.deltadepth.scenes;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.stream.IntStream;

/**
 * Draws scenes by casting rays: diffuse and specular light with soft shadows, light from all around
 * that is weaker in corners, haze, and the noise of a small camera.
 *
 * <p>Colours are the mean of several rays per pixel; the depth is that of the ray through the
 * pixel's centre, because a mean of depths at an edge would be the depth of nothing. Rows are drawn
 * in parallel on the common pool, which does not affect the result.
 *
 * @param width the picture's width in pixels
 * @param height its height in pixels
 * @param grid rays per pixel along each axis: 2 for tests, 5 and more for pictures to show
 */
public record SceneRenderer(int width, int height, int grid) {

  /** The strength of the camera's noise, in steps of the 8-bit scale. */
  private static final double NOISE = 1.2;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if any is below 1
   */
  public SceneRenderer {
    if (width < 1 || height < 1 || grid < 1) {
      throw new IllegalArgumentException("width, height and grid must be at least 1");
    }
  }

  /** Draws a scene. */
  public RenderedScene render(Scene scene) {
    return render(scene, () -> {});
  }

  /**
   * Draws a scene and says how far it is.
   *
   * @param drawn called after each row, from several threads at once
   */
  public RenderedScene render(Scene scene, Runnable drawn) {
    return render(scene, new RayCaster(scene.solids()), 0, drawn);
  }

  /**
   * Draws a scene as one frame of many.
   *
   * @param caster of the scene's solids
   * @param frame its number: each has noise of its own
   */
  RenderedScene render(Scene scene, RayCaster caster, int frame) {
    return render(scene, caster, frame, () -> {});
  }

  private RenderedScene render(Scene scene, RayCaster caster, int frame, Runnable drawn) {
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    float[] depth = new float[width * height];
    Shader shader = new Shader(scene, caster);
    IntStream.range(0, height)
        .parallel()
        .forEach(
            y -> {
              for (int x = 0; x < width; x++) {
                Vector middle = scene.camera().direction(x + 0.5, y + 0.5, width, height);
                depth[y * width + x] =
                    (float) caster.nearest(scene.camera().position(), middle).distance();
                develop(colour(scene.camera(), shader, x, y, frame), x, y, frame, rgb);
              }
              drawn.run();
            });
    return new RenderedScene(
        new RgbImage(width, height, rgb), new DepthMap(DepthMap.Kind.METRES, width, height, depth));
  }

  private Vector colour(Camera camera, Shader shader, int x, int y, int frame) {
    Vector sum = Vector.ZERO;
    // All samples of a pixel are rotated by one random amount, different for each pixel.
    double turn = Noise.hash(x, y, 1 + 1000 * frame);
    for (int j = 0; j < grid; j++) {
      for (int i = 0; i < grid; i++) {
        Vector direction =
            camera.direction(x + (i + 0.5) / grid, y + (j + 0.5) / grid, width, height);
        int sample = j * grid + i;
        // Additive recurrence with the plastic number: any first few of these points are spread
        // out.
        double a = (turn + (sample + 1) * 0.7548776662466927) % 1;
        double b = (Noise.hash(x, y, 2 + 1000 * frame) + (sample + 1) * 0.5698402909980532) % 1;
        sum = sum.plus(shader.light(camera.position(), direction, a, b));
      }
    }
    return sum.times(1.0 / (grid * grid));
  }

  private void develop(Vector linear, int x, int y, int frame, byte[] rgb) {
    double[] channels = {linear.x(), linear.y(), linear.z()};
    for (int c = 0; c < 3; c++) {
      double noise = 0;
      for (int k = 0; k < 4; k++) {
        noise += Noise.hash(x, y, 100 + 1000 * frame + 4 * c + k) - 0.5;
      }
      // Four uniform numbers have a standard deviation of sqrt(4/12).
      double value = 255 * encode(channels[c]) + NOISE * noise / 0.577;
      rgb[(y * width + x) * 3 + c] = (byte) Math.round(Math.min(Math.max(value, 0), 255));
    }
  }

  /** The sRGB curve, with a shoulder that rounds highlights off below white. */
  private static double encode(double linear) {
    double v = linear < 0.6 ? linear : 0.6 + 0.4 * (1 - Math.exp(-(linear - 0.6) / 0.4));
    return v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
  }
}
