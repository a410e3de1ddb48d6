package dev.deltadepth.distill.label;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.scenes.RenderedScene;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rendered images and their exact depth, stored as photos and labels. */
public final class SceneFolder {

  private SceneFolder() {}

  /** The subfolder with the images. */
  public static Path photos(Path folder) {
    return folder.resolve("photos");
  }

  /** The subfolder with the labels. */
  static Path labels(Path folder) {
    return folder.resolve("labels");
  }

  /**
   * Renders the scenes that are missing or damaged.
   *
   * @param count number of scenes
   * @param height of an image in pixels; its width is 5/4 of that
   * @throws DistillException if the folder cannot be written
   */
  public static void render(Path folder, int count, int height) {
    try {
      Files.createDirectories(photos(folder));
    } catch (IOException e) {
      throw new DistillException("cannot write " + folder + "; choose another run folder", e);
    }
    LabelFolder labels =
        LabelFolder.begin(
            labels(folder),
            new LabelFolder.Description(
                "exact depth of rendered scenes",
                "0".repeat(64),
                height,
                LabelFolder.Format.PNG16,
                List.of()));
    SceneRenderer renderer = new SceneRenderer(5 * height / 4, height, 2);
    for (int i = 0; i < count; i++) {
      String name = "scene-%05d".formatted(i);
      Path file = photos(folder).resolve(name + ".png");
      if (Files.exists(file) && labels.has(Sha256.of(file))) {
        continue;
      }
      RenderedScene scene = renderer.render(Scene.random(i));
      RgbImage image = scene.image();
      ImageFiles.writePng(image, file);
      labels.add(
          Sha256.of(file),
          name,
          image.height(),
          image.width(),
          new Labeller.Labels(scene.disparity().data(), List.of()));
    }
  }
}
