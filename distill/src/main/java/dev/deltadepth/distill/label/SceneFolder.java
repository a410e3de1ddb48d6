package dev.deltadepth.distill.label;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.data.KnownDepth;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.scenes.RenderedScene;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Rendered scenes and their exact depth: pictures, and 16-bit grey images of their inverse depth,
 * in which 0 is infinitely far and 65535 the nearest point.
 */
public final class SceneFolder {

  private static final int FULL = 65535;

  private SceneFolder() {}

  /** The subfolder with the pictures. */
  static Path photos(Path folder) {
    return folder.resolve("photos");
  }

  /** The pictures of the first {@code count} scenes; the folder may hold more. */
  public static List<Path> photos(Path folder, int count) {
    return IntStream.range(0, count).mapToObj(i -> photos(folder).resolve(name(i))).toList();
  }

  private static Path depth(Path folder, String name) {
    return folder.resolve("depth").resolve(name);
  }

  private static String name(int scene) {
    return String.format(Locale.ROOT, "scene-%05d.png", scene);
  }

  /**
   * Renders the scenes that are missing.
   *
   * @param count number of scenes
   * @param height of an image in pixels; its width is 5/4 of that
   * @throws DistillException if the folder cannot be written
   */
  public static void render(Path folder, int count, int height) {
    try {
      Files.createDirectories(photos(folder));
      Files.createDirectories(depth(folder, "").toAbsolutePath());
    } catch (IOException e) {
      throw new DistillException("cannot write " + folder + "; choose another run folder", e);
    }
    SceneRenderer renderer = new SceneRenderer(5 * height / 4, height, 2);
    for (int i = 0; i < count; i++) {
      // Each is written as a whole.
      Path photo = photos(folder).resolve(name(i));
      Path depth = depth(folder, name(i));
      if (!Files.exists(photo) || !Files.exists(depth)) {
        RenderedScene scene = renderer.render(Scene.random(i));
        RgbImage image = scene.image();
        ImageFiles.writePng(image, photo);
        GreyImage.write(
            new GreyImage(image.width(), image.height(), 16, grey(scene.disparity().data())),
            depth);
      }
    }
  }

  private static char[] grey(float[] inverseDepth) {
    float nearest = 0;
    for (float value : inverseDepth) {
      nearest = Math.max(nearest, value);
    }
    char[] grey = new char[inverseDepth.length];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (char) Math.round(FULL * inverseDepth[i] / nearest);
    }
    return grey;
  }

  /** Adds the depth of the first {@code count} scenes, by the hashes of their pictures. */
  static void addTo(KnownDepth known, Path folder, int count) {
    for (int i = 0; i < count; i++) {
      Path file = depth(folder, name(i));
      known.add(
          Sha256.of(photos(folder).resolve(name(i))),
          new KnownDepth.Source(() -> read(file), true, false));
    }
  }

  private static DepthMap read(Path file) {
    try {
      GreyImage image = GreyImage.read(file);
      float[] inverseDepth = new float[image.data().length];
      for (int i = 0; i < inverseDepth.length; i++) {
        inverseDepth[i] = image.data()[i] / (float) FULL;
      }
      return new DepthMap(DepthMap.Kind.DISPARITY, image.width(), image.height(), inverseDepth);
    } catch (FileException e) {
      throw new DistillException(file + " is damaged; delete it, and it is rendered again", e);
    }
  }
}
