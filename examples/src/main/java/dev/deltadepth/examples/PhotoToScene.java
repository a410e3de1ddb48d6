package dev.deltadepth.examples;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.Calibration;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.core.space.Mesh;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.space.GlbFile;
import dev.deltadepth.io.space.KnownCamera;
import dev.deltadepth.io.space.PhotoCamera;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.nio.file.Path;

/**
 * A photo in, a surface to turn in a viewer out: {@code PhotoToScene photo.jpg scene.glb NEAR FAR},
 * with the distances of the nearest and the farthest point in metres.
 */
public final class PhotoToScene {

  private PhotoToScene() {}

  /** Estimates with the embedded model; the camera is that of the photo's EXIF data. */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    double near = Double.parseDouble(arguments[2]);
    double far = Double.parseDouble(arguments[3]);
    RgbImage photo = ImageFiles.read(file);
    KnownCamera known =
        PhotoCamera.of(ImageFiles.content(file), photo.width(), photo.height())
            .orElse(KnownCamera.unknown(photo.width(), photo.height()));
    Camera camera = known.camera();
    try (DepthEstimator estimator = DepthEstimator.embedded(EstimatorOptions.defaults())) {
      DepthMap map = estimator.estimate(photo);
      DepthMap metres = Calibration.ofRange(map, near, far).apply(map).depth();
      Mesh mesh = Mesh.of(metres, photo, camera, 1);
      GlbFile.write(mesh, photo, camera, Path.of(arguments[1]));
      System.out.println("camera: " + known.origin());
      System.out.println(mesh.triangleCount() + " triangles");
    }
  }
}
