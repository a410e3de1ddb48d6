package dev.deltadepth.io.space;

import dev.deltadepth.core.space.PlyEncoder;
import dev.deltadepth.core.space.PointCloud;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Point clouds as PLY, see {@link PlyEncoder}. */
public final class PlyFile {
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
    PlyEncoder.<IOException>write(cloud, (bytes, length) -> out.write(bytes, 0, length));
  }
}
