package dev.deltadepth.io.space;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.core.space.Mesh;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Meshes as GLB, the binary form of glTF 2.0 (Khronos): one file with triangles, normals and the
 * photo as texture. The photo has its light in it, so the surface is not lit again
 * (KHR_materials_unlit, which viewers may ignore). The photo's camera is part of the scene.
 *
 * <p>Written directly: the description is a page of JSON before four arrays, which a library would
 * hold twice.
 */
public final class GlbFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAGIC = 0x46546c67;
  private static final int JSON_CHUNK = 0x4e4f534a;
  private static final int BINARY_CHUNK = 0x004e4942;
  private static final int FLOAT = 5126;
  private static final int UNSIGNED_INT = 5125;
  private static final int ARRAY_BUFFER = 34962;
  private static final int ELEMENT_ARRAY_BUFFER = 34963;

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
    byte[] texture = Texture.jpeg(photo);
    Description description = new Description(mesh, camera, texture.length);
    byte[] json = padded(JSON.writeValueAsBytes(description.root));
    long binary = (description.length + 3) / 4 * 4;
    long total = 12 + 8 + json.length + 8 + binary;
    if (total > 0xffffffffL) {
      throw new IOException("a GLB file of more than 4 GB; use a larger stride");
    }
    LittleEndian numbers = new LittleEndian(out);
    numbers.write(MAGIC, 2, (int) total);
    numbers.write(json.length, JSON_CHUNK);
    out.write(json);
    numbers.write((int) binary, BINARY_CHUNK);
    numbers.write(mesh.positions());
    numbers.write(mesh.normals());
    numbers.write(mesh.texture());
    numbers.write(mesh.triangles());
    out.write(texture);
    out.write(new byte[(int) (binary - description.length)]);
  }

  private static byte[] padded(byte[] json) {
    byte[] padded = Arrays.copyOf(json, (json.length + 3) / 4 * 4);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  /** The JSON part. */
  private static final class Description {
    final ObjectNode root = JSON.createObjectNode();
    long length;

    Description(Mesh mesh, Camera camera, int texture) {
      ObjectNode asset = root.putObject("asset").put("version", "2.0").put("generator", "Delta");
      asset.putObject("extras").put("unit", Units.of(mesh.metric()));
      root.put("scene", 0);
      ObjectNode scene = root.putArray("scenes").addObject();
      scene.putArray("nodes").add(0).add(1);
      ArrayNode nodes = root.putArray("nodes");
      nodes.addObject().put("name", "surface").put("mesh", 0);
      nodes.addObject().put("name", "camera of the photo").put("camera", 0);
      ObjectNode surface = root.putArray("meshes").addObject().putArray("primitives").addObject();
      surface
          .putObject("attributes")
          .put("POSITION", accessor(mesh.positions().length / 3, "VEC3", FLOAT, ARRAY_BUFFER))
          .put("NORMAL", accessor(mesh.normals().length / 3, "VEC3", FLOAT, ARRAY_BUFFER))
          .put("TEXCOORD_0", accessor(mesh.texture().length / 2, "VEC2", FLOAT, ARRAY_BUFFER));
      surface.put(
          "indices",
          accessor(mesh.triangles().length, "SCALAR", UNSIGNED_INT, ELEMENT_ARRAY_BUFFER));
      surface.put("material", 0);
      bounds(mesh.positions(), (ObjectNode) root.path("accessors").path(0));
      material(texture);
      ObjectNode view = root.putArray("cameras").addObject().put("type", "perspective");
      view.putObject("perspective")
          .put("yfov", 2 * Math.atan(camera.height() / 2.0 / camera.fy()))
          .put("aspectRatio", camera.width() / camera.fx() * camera.fy() / camera.height())
          .put("znear", 0.01);
      root.putArray("buffers").addObject().put("byteLength", length);
    }

    private void material(int texture) {
      ObjectNode material = root.putArray("materials").addObject();
      material.put("name", "photo").put("doubleSided", true);
      ObjectNode metallic = material.putObject("pbrMetallicRoughness");
      metallic.putObject("baseColorTexture").put("index", 0);
      metallic.put("metallicFactor", 0).put("roughnessFactor", 1);
      material.putObject("extensions").putObject("KHR_materials_unlit");
      root.putArray("extensionsUsed").add("KHR_materials_unlit");
      root.putArray("textures").addObject().put("source", 0).put("sampler", 0);
      // Linear, with mipmaps; clamped to the edge.
      root.putArray("samplers")
          .addObject()
          .put("magFilter", 9729)
          .put("minFilter", 9987)
          .put("wrapS", 33071)
          .put("wrapT", 33071);
      root.putArray("images")
          .addObject()
          .put("mimeType", "image/jpeg")
          .put("bufferView", view(texture));
    }

    private int accessor(int count, String type, int component, int target) {
      int numbers = type.equals("SCALAR") ? 1 : type.charAt(3) - '0';
      int view = view(4L * numbers * count);
      ((ObjectNode) root.path("bufferViews").path(view)).put("target", target);
      ArrayNode accessors = root.withArray("/accessors");
      accessors
          .addObject()
          .put("bufferView", view)
          .put("componentType", component)
          .put("count", count)
          .put("type", type);
      return accessors.size() - 1;
    }

    private int view(long bytes) {
      ArrayNode views = root.withArray("/bufferViews");
      views.addObject().put("buffer", 0).put("byteOffset", length).put("byteLength", bytes);
      length += bytes;
      return views.size() - 1;
    }

    private static void bounds(float[] positions, ObjectNode accessor) {
      float[] low = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
      float[] high = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
      for (int i = 0; i < positions.length; i++) {
        low[i % 3] = Math.min(low[i % 3], positions[i]);
        high[i % 3] = Math.max(high[i % 3], positions[i]);
      }
      ArrayNode min = accessor.putArray("min");
      ArrayNode max = accessor.putArray("max");
      for (int c = 0; c < 3; c++) {
        min.add(low[c]);
        max.add(high[c]);
      }
    }
  }
}
