package dev.deltadepth.core.space;

import dev.deltadepth.core.ByteSink;
import java.util.Arrays;

/**
 * Meshes as GLB, the binary form of glTF 2.0 (Khronos): one file with triangles, normals and the
 * photo as texture. The photo has its light in it, so the surface is not lit again
 * (KHR_materials_unlit, which viewers may ignore). The photo's camera is part of the scene.
 *
 * <p>Written directly: the description is a page of JSON before four arrays, which a library would
 * hold twice.
 */
public final class GlbEncoder {
  private static final int MAGIC = 0x46546c67;
  private static final int JSON_CHUNK = 0x4e4f534a;
  private static final int BINARY_CHUNK = 0x004e4942;
  private static final long LARGEST = 0xffffffffL;

  private GlbEncoder() {}

  /**
   * Writes the bytes of a file.
   *
   * @param jpeg the photo as the texture
   * @param camera of the photo
   * @throws IllegalArgumentException if the file would be larger than 4 GB
   */
  public static <E extends Exception> void write(
      Mesh mesh, byte[] jpeg, Camera camera, ByteSink<E> out) throws E {
    Description description = new Description(mesh, camera, jpeg.length);
    String json = description.text;
    json += "   ".substring(0, (4 - json.length() % 4) % 4);
    int padding = (4 - jpeg.length % 4) % 4;
    long binary = description.length + padding;
    long total = 12 + 8 + json.length() + 8 + binary;
    if (total > LARGEST) {
      throw new IllegalArgumentException("a GLB file of more than 4 GB; use a larger stride");
    }
    LittleEndian<E> file = new LittleEndian<>(out);
    file.integers(MAGIC, 2, (int) total);
    file.integers(json.length(), JSON_CHUNK);
    file.text(json);
    file.integers((int) binary, BINARY_CHUNK);
    file.floats(mesh.positions());
    file.floats(mesh.normals());
    file.floats(mesh.texture());
    file.integers(mesh.triangles());
    file.bytes(jpeg);
    file.bytes(new byte[padding]);
  }

  /** The JSON part, with the lengths of the parts that follow it. */
  private static final class Description {
    private final StringBuilder views = new StringBuilder();
    private final StringBuilder accessors = new StringBuilder();
    private int parts;
    private long length;
    private final String text;

    Description(Mesh mesh, Camera camera, int jpeg) {
      accessor(mesh.positions().length, "VEC3", bounds(mesh.positions()));
      accessor(mesh.normals().length, "VEC3", "");
      accessor(mesh.texture().length, "VEC2", "");
      accessor(mesh.triangles().length, "SCALAR", "");
      view(jpeg, "");
      text =
          """
          {"asset":{"version":"2.0","generator":"Delta","extras":{"unit":"UNIT"}},\
          "scene":0,"scenes":[{"nodes":[0,1]}],\
          "nodes":[{"name":"surface","mesh":0},{"name":"camera of the photo","camera":0}],\
          "meshes":[{"primitives":[{\
          "attributes":{"POSITION":0,"NORMAL":1,"TEXCOORD_0":2},"indices":3,"material":0}]}],\
          "bufferViews":[VIEWS],"accessors":[ACCESSORS],\
          "materials":[{"name":"photo","doubleSided":true,"pbrMetallicRoughness":{\
          "baseColorTexture":{"index":0},"metallicFactor":0,"roughnessFactor":1},\
          "extensions":{"KHR_materials_unlit":{}}}],"extensionsUsed":["KHR_materials_unlit"],\
          "textures":[{"source":0,"sampler":0}],\
          "samplers":[{"magFilter":9729,"minFilter":9987,"wrapS":33071,"wrapT":33071}],\
          "images":[{"mimeType":"image/jpeg","bufferView":4}],\
          "cameras":[{"type":"perspective","perspective":{\
          "yfov":HEIGHT,"aspectRatio":ASPECT,"znear":0.01}}],"buffers":[{"byteLength":LENGTH}]}\
          """
              .replace("UNIT", Units.of(mesh.metric()))
              .replace("VIEWS", views)
              .replace("ACCESSORS", accessors)
              .replace("HEIGHT", String.valueOf(2 * Math.atan(camera.height() / 2.0 / camera.fy())))
              .replace(
                  "ASPECT",
                  String.valueOf(camera.width() / camera.fx() * camera.fy() / camera.height()))
              .replace("LENGTH", String.valueOf(length));
    }

    /** An array of 32-bit numbers: floats that belong to vertices, or vertices of triangles. */
    private void accessor(int numbers, String type, String bounds) {
      boolean triangles = type.equals("SCALAR");
      int each = triangles ? 1 : type.charAt(3) - '0';
      accessors
          .append(parts == 0 ? "" : ",")
          .append("{\"bufferView\":")
          .append(parts)
          .append(",\"componentType\":")
          .append(triangles ? 5125 : 5126)
          .append(",\"count\":")
          .append(numbers / each)
          .append(",\"type\":\"")
          .append(type)
          .append('"')
          .append(bounds)
          .append('}');
      view(4L * numbers, ",\"target\":" + (triangles ? 34963 : 34962));
    }

    private void view(long bytes, String target) {
      views
          .append(parts == 0 ? "" : ",")
          .append("{\"buffer\":0,\"byteOffset\":")
          .append(length)
          .append(",\"byteLength\":")
          .append(bytes)
          .append(target)
          .append('}');
      length += bytes;
      parts++;
    }

    private static String bounds(float[] positions) {
      float[] low = new float[3];
      float[] high = new float[3];
      Arrays.fill(low, Float.MAX_VALUE);
      Arrays.fill(high, -Float.MAX_VALUE);
      for (int i = 0; i < positions.length; i++) {
        low[i % 3] = Math.min(low[i % 3], positions[i]);
        high[i % 3] = Math.max(high[i % 3], positions[i]);
      }
      return ",\"min\":" + list(low) + ",\"max\":" + list(high);
    }

    private static String list(float[] three) {
      return "[" + three[0] + "," + three[1] + "," + three[2] + "]";
    }
  }
}
