package dev.deltadepth.distill;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.scenes.RenderedScene;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rendered pictures and their exact depth, written as photos and labels. */
public final class SceneFolder {

  private static final int WIDTH = 160;
  private static final int HEIGHT = 128;
  private static final LabelFolder.Description DESCRIPTION =
      new LabelFolder.Description(
          "exact depth of rendered scenes",
          "0".repeat(64),
          HEIGHT,
          LabelFolder.Format.PNG16,
          List.of());

  private SceneFolder() {}

  /** Where the pictures of a folder of scenes lie. */
  public static Path photos(Path folder) {
    return folder.resolve("photos");
  }

  static Path labels(Path folder) {
    return folder.resolve("labels");
  }

  /**
   * Renders what is not there yet: pictures of rooms, streets and still lifes of 160x128 pixels.
   *
   * @throws DistillException if the folder cannot be written
   */
  public static void render(Path folder, int count) {
    try {
      Files.createDirectories(photos(folder));
    } catch (IOException e) {
      throw new DistillException(folder + " cannot be written; choose another run folder", e);
    }
    LabelFolder labels = LabelFolder.begin(labels(folder), DESCRIPTION);
    SceneRenderer renderer = new SceneRenderer(WIDTH, HEIGHT, 2);
    for (int i = 0; i < count; i++) {
      String name = "scene-%05d".formatted(i);
      Path file = photos(folder).resolve(name + ".png");
      if (Files.exists(file) && labels.has(ContentHash.of(file).toHex())) {
        continue;
      }
      RenderedScene scene = renderer.render(Scene.random(i));
      RgbImage image = scene.image();
      ImageFiles.writePng(image, file);
      labels.add(
          ContentHash.of(file).toHex(),
          name,
          image.height(),
          image.width(),
          new Labeller.Labels(scene.disparity().data(), List.of()));
    }
  }
}
