package dev.deltadepth.core.space;

import dev.deltadepth.core.ByteSink;

/**
 * Point clouds as PLY, the Stanford polygon format: binary, little-endian, each point as x y z, red
 * green blue and nx ny nz. A comment states the unit.
 */
public final class PlyEncoder {
  private PlyEncoder() {}

  /** Writes the bytes of a file. */
  public static <E extends Exception> void write(PointCloud cloud, ByteSink<E> out) throws E {
    LittleEndian<E> file = new LittleEndian<>(out);
    file.text(
        """
        ply
        format binary_little_endian 1.0
        comment made by Delta; x right, y up, z towards the viewer, the camera at the origin
        comment unit: UNIT
        element vertex COUNT
        property float x
        property float y
        property float z
        property uchar red
        property uchar green
        property uchar blue
        property float nx
        property float ny
        property float nz
        end_header
        """
            .replace("UNIT", Units.of(cloud.metric()))
            .replace("COUNT", String.valueOf(cloud.count())));
    for (int k = 0; k < cloud.positions().length; k += 3) {
      file.floats(cloud.positions(), k, k + 3);
      file.bytes(cloud.colours(), k, k + 3);
      file.floats(cloud.normals(), k, k + 3);
    }
    file.flush();
  }
}
