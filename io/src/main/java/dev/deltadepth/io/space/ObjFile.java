package dev.deltadepth.io.space;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.Mesh;
import dev.deltadepth.core.space.Units;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Meshes as Wavefront OBJ, with a material and a texture in files beside it: {@code room.obj},
 * {@code room.mtl} and {@code room.texture.jpg}.
 *
 * <p>Written directly: it is a line a vertex and a line a triangle.
 */
public final class ObjFile {
  /** What the name of a texture ends in. */
  public static final String TEXTURE = ".texture.jpg";

  private ObjFile() {}

  /**
   * Writes a mesh, its material and its texture; each file appears complete or not at all, the mesh
   * last.
   *
   * @param photo the texture
   * @param file ends in {@code .obj}
   * @throws FileException if a file cannot be written
   */
  public static void write(Mesh mesh, RgbImage photo, Path file) {
    String name = String.valueOf(file.getFileName());
    String stem = name.endsWith(".obj") ? name.substring(0, name.length() - 4) : name;
    Path texture = file.resolveSibling(stem + TEXTURE);
    Path material = file.resolveSibling(stem + ".mtl");
    byte[] jpeg = Texture.jpeg(photo);
    AtomicFile.write(texture, out -> out.write(jpeg));
    AtomicFile.write(
        material,
        out ->
            out.write(
                """
                # The photo has its light in it: show it as it is.
                newmtl photo
                Ka 0 0 0
                Kd 1 1 1
                Ks 0 0 0
                illum 1
                map_Kd %s
                """
                    .formatted(texture.getFileName())
                    .getBytes(StandardCharsets.UTF_8)));
    AtomicFile.write(file, out -> write(mesh, String.valueOf(material.getFileName()), out));
  }

  private static void write(Mesh mesh, String material, OutputStream out) throws IOException {
    StringBuilder lines = new StringBuilder();
    lines.append(
        "# made by Delta; x right, y up, z towards the viewer, the camera at the origin\n");
    lines.append("# unit: ").append(Units.of(mesh.metric())).append('\n');
    lines.append("mtllib ").append(material).append('\n').append("usemtl photo\n");
    float[] p = mesh.positions();
    for (int i = 0; i < p.length; i += 3) {
      row(lines.append('v'), p, i, 3);
      flush(lines, out, false);
    }
    float[] t = mesh.texture();
    for (int i = 0; i < t.length; i += 2) {
      // OBJ counts rows from the bottom.
      lines.append("vt ").append(t[i]).append(' ').append(1 - t[i + 1]).append('\n');
      flush(lines, out, false);
    }
    float[] n = mesh.normals();
    for (int i = 0; i < n.length; i += 3) {
      row(lines.append("vn"), n, i, 3);
      flush(lines, out, false);
    }
    int[] corners = mesh.triangles();
    for (int i = 0; i < corners.length; i += 3) {
      lines.append('f');
      for (int k = 0; k < 3; k++) {
        int v = corners[i + k] + 1;
        lines.append(' ').append(v).append('/').append(v).append('/').append(v);
      }
      lines.append('\n');
      flush(lines, out, false);
    }
    flush(lines, out, true);
  }

  private static void row(StringBuilder lines, float[] values, int at, int count) {
    for (int k = 0; k < count; k++) {
      lines.append(' ').append(values[at + k]);
    }
    lines.append('\n');
  }

  private static void flush(StringBuilder lines, OutputStream out, boolean now) throws IOException {
    if (now || lines.length() > 1 << 15) {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
      lines.setLength(0);
    }
  }
}
