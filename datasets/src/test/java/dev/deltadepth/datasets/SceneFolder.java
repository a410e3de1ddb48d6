package dev.deltadepth.datasets;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.scenes.RenderedScene;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Evaluation data made of rendered scenes, with ground truth in all the kinds there are. */
public final class SceneFolder {
  private static final int PICTURES = 2;
  public static final String DESCRIPTION =
      """
      {"format": 1, "sets": [
        {"name": "rooms", "kind": "depth_mm16", "rgb": "rooms/rgb", "depth": "rooms/depth",
         "count": 2, "depth_cap_m": 10},
        {"name": "streets", "kind": "depth_m256", "rgb": "streets/rgb", "depth": "streets/depth",
         "count": 2, "depth_cap_m": 80},
        {"name": "tables", "kind": "disparity8", "rgb": "tables/rgb", "depth": "tables/depth",
         "count": 2, "depth_cap_m": null},
        {"name": "plain", "kind": "unlabelled", "rgb": "plain", "depth": null, "count": 2}]}
      """;

  private SceneFolder() {}

  /** Writes the folder; the rendered scenes are returned set by set. */
  public static List<RenderedScene> write(Path folder) throws IOException {
    List<RenderedScene> scenes = new ArrayList<>();
    scenes.addAll(set(folder, "rooms/rgb", "rooms/depth", Scene.Kind.ROOM, 16, 1000));
    scenes.addAll(set(folder, "streets/rgb", "streets/depth", Scene.Kind.STREET, 16, 256));
    scenes.addAll(set(folder, "tables/rgb", "tables/depth", Scene.Kind.STILL_LIFE, 8, 80));
    scenes.addAll(set(folder, "plain", "", Scene.Kind.ROOM, 0, 0));
    Files.writeString(folder.resolve("eval.json"), DESCRIPTION);
    return scenes;
  }

  private static List<RenderedScene> set(
      Path folder, String rgb, String depth, Scene.Kind kind, int bits, double steps)
      throws IOException {
    List<RenderedScene> scenes = new ArrayList<>();
    Files.createDirectories(folder.resolve(rgb));
    Files.createDirectories(folder.resolve(depth));
    for (int i = 0; i < PICTURES; i++) {
      RenderedScene scene = new SceneRenderer(64, 48, 1).render(Scene.of(kind, 20 + i));
      scenes.add(scene);
      ImageFiles.writePng(scene.image(), folder.resolve(rgb).resolve("scene" + i + ".png"));
      Path truth = folder.resolve(depth).resolve("scene" + i + ".png");
      if (bits == 16) {
        grey(scene.depthMetres(), BufferedImage.TYPE_USHORT_GRAY, steps, truth);
      } else if (bits == 8) {
        grey(scene.disparity(), BufferedImage.TYPE_BYTE_GRAY, steps, truth);
      }
    }
    return scenes;
  }

  private static void grey(DepthMap map, int type, double steps, Path file) throws IOException {
    BufferedImage image = new BufferedImage(map.width(), map.height(), type);
    for (int i = 0; i < map.data().length; i++) {
      double value = map.data()[i] * steps;
      int stored =
          value < (type == BufferedImage.TYPE_BYTE_GRAY ? 255.5 : 65535)
              ? (int) Math.round(value)
              : 0;
      image.getRaster().setSample(i % map.width(), i / map.width(), 0, stored);
    }
    ImageIO.write(image, "png", file.toFile());
  }
}
