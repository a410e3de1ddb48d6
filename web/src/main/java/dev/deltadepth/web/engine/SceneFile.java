package dev.deltadepth.web.engine;

import dev.deltadepth.core.ByteArray;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.JointUpsampler;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.Calibration;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.core.space.GlbEncoder;
import dev.deltadepth.core.space.Mesh;
import dev.deltadepth.core.space.PlyEncoder;
import dev.deltadepth.core.space.PointCloud;

/** A photo's scene as a file for programs that show things from all sides. */
public enum SceneFile {
  /** A surface with the photo on it. */
  GLB {
    @Override
    byte[] of(RgbImage photo, DepthMap depth, Camera camera, byte[] jpeg) {
      Mesh mesh = Mesh.of(depth, photo, camera, 1);
      ByteArray file =
          new ByteArray(
              4 * (8 * mesh.vertexCount() + 3 * mesh.triangleCount()) + jpeg.length + (1 << 12));
      GlbEncoder.write(mesh, jpeg, camera, file);
      return file.toArray();
    }
  },
  /** Coloured points. */
  PLY {
    @Override
    byte[] of(RgbImage photo, DepthMap depth, Camera camera, byte[] jpeg) {
      PointCloud cloud = PointCloud.of(depth, photo, camera, 1);
      ByteArray file = new ByteArray(27 * cloud.count() + (1 << 10));
      PlyEncoder.write(cloud, file);
      return file.toArray();
    }
  };

  abstract byte[] of(RgbImage photo, DepthMap depth, Camera camera, byte[] jpeg);

  /**
   * Makes the file; a camera of the usual field of view is assumed.
   *
   * @param photo with a pixel for each point
   * @param map of the network's size
   * @param jpeg the photo as the texture
   * @throws IllegalArgumentException if nothing is left of the scene
   */
  byte[] of(RgbImage photo, DepthMap map, Calibration calibration, byte[] jpeg) {
    DepthMap depth = calibration.apply(JointUpsampler.enlarge(map, photo)).depth();
    return of(photo, depth, Camera.unknown(photo.width(), photo.height()), jpeg);
  }
}
