package dev.deltadepth.io.space;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.core.space.GlbEncoder;
import dev.deltadepth.core.space.Mesh;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Meshes as GLB, see {@link GlbEncoder}. */
public final class GlbFile {
  private GlbFile() {}

  /**
   * Writes a mesh; the file appears complete or not at all.
   *
   * @param photo the texture
   * @param camera of the photo
   * @throws FileException if it cannot be written
   */
  public static void write(Mesh mesh, RgbImage photo, Camera camera, Path file) {
    AtomicFile.write(file, out -> write(mesh, photo, camera, out));
  }

  /**
   * Writes a mesh to a stream, which stays open.
   *
   * @throws IOException if the stream fails, or the file would be larger than 4 GB
   */
  public static void write(Mesh mesh, RgbImage photo, Camera camera, OutputStream out)
      throws IOException {
    try {
      GlbEncoder.<IOException>write(
          mesh, Texture.jpeg(photo), camera, (bytes, length) -> out.write(bytes, 0, length));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
