package dev.deltadepth.io.space;

import dev.deltadepth.core.space.PointCloud;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Point clouds as PLY, the Stanford polygon format: binary, little-endian, each point as x y z, red
 * green blue and nx ny nz. A comment states the unit.
 */
public final class PlyFile {
  private static final int POINT = 27;
  private static final int POINTS = 2048;

  private PlyFile() {}

  /**
   * Writes a point cloud; the file appears complete or not at all.
   *
   * @throws FileException if it cannot be written
   */
  public static void write(PointCloud cloud, Path file) {
    AtomicFile.write(file, out -> write(cloud, out));
  }

  /**
   * Writes a point cloud to a stream, which stays open.
   *
   * @throws IOException if the stream fails
   */
  public static void write(PointCloud cloud, OutputStream out) throws IOException {
    String header =
        """
        ply
        format binary_little_endian 1.0
        comment made by Delta; x right, y up, z towards the viewer, the camera at the origin
        comment unit: %s
        element vertex %s
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
            .formatted(Units.of(cloud.metric()), cloud.count());
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    ByteBuffer chunk = ByteBuffer.allocate(POINT * POINTS).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < cloud.count(); from += POINTS) {
      int to = Math.min(cloud.count(), from + POINTS);
      chunk.clear();
      for (int k = 3 * from; k < 3 * to; k += 3) {
        put(cloud.positions(), k, chunk);
        chunk.put(cloud.colours(), k, 3);
        put(cloud.normals(), k, chunk);
      }
      out.write(chunk.array(), 0, chunk.position());
    }
  }

  private static void put(float[] values, int at, ByteBuffer to) {
    to.putFloat(values[at]).putFloat(values[at + 1]).putFloat(values[at + 2]);
  }
}
