package dev.deltadepth.io.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.core.space.Mesh;
import dev.deltadepth.core.space.PointCloud;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.io.map.MetricPng;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneFilesTest {
  private static final Camera CAMERA = Camera.unknown(12, 9);
  private static final RgbImage PHOTO = photo(12, 9);
  private static final DepthMap DEPTH = slope(Kind.METRES);
  private static final Mesh MESH = Mesh.of(DEPTH, PHOTO, CAMERA, 1);
  @TempDir Path folder;

  private static RgbImage photo(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) i;
    }
    return new RgbImage(width, height, rgb);
  }

  private static DepthMap slope(Kind kind) {
    float[] depth = new float[12 * 9];
    for (int i = 0; i < depth.length; i++) {
      depth[i] = 2 + 0.01f * (i % 12);
    }
    depth[5] = Float.NaN;
    return new DepthMap(kind, 12, 9, depth);
  }

  @Test
  void plyHoldsEveryPointAndItsUnit() throws IOException {
    PointCloud cloud = PointCloud.of(DEPTH, PHOTO, CAMERA, 1);
    Path file = folder.resolve("a.ply");
    PlyFile.write(cloud, file);
    byte[] content = Files.readAllBytes(file);
    String text = new String(content, StandardCharsets.US_ASCII);
    String end = "end_header\n";
    String header = text.substring(0, text.indexOf(end) + end.length());
    assertThat(header)
        .startsWith("ply\nformat binary_little_endian 1.0\n")
        .contains("comment unit: metres\n")
        .contains("element vertex 107\n");
    assertThat(content).hasSize(header.length() + 107 * 27);
    ByteBuffer points =
        ByteBuffer.wrap(content, header.length(), 107 * 27).order(ByteOrder.LITTLE_ENDIAN);
    for (int k = 0; k < 3 * cloud.count(); k += 3) {
      assertThat(points.getFloat()).isEqualTo(cloud.positions()[k]);
      assertThat(points.getFloat()).isEqualTo(cloud.positions()[k + 1]);
      assertThat(points.getFloat()).isEqualTo(cloud.positions()[k + 2]);
      assertThat(points.get()).isEqualTo(cloud.colours()[k]);
      assertThat(points.get()).isEqualTo(cloud.colours()[k + 1]);
      assertThat(points.get()).isEqualTo(cloud.colours()[k + 2]);
      assertThat(points.getFloat()).isEqualTo(cloud.normals()[k]);
      assertThat(points.getFloat()).isEqualTo(cloud.normals()[k + 1]);
      assertThat(points.getFloat()).isEqualTo(cloud.normals()[k + 2]);
    }
  }

  @Test
  void aCloudWithoutUnitSaysSo() throws IOException {
    Path file = folder.resolve("a.ply");
    PlyFile.write(PointCloud.of(slope(Kind.RELATIVE_DEPTH), PHOTO, CAMERA, 3), file);
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains("comment unit: unknown; 1 is the distance of the nearest point\n");
  }

  @Test
  void aCloudOfManyPointsIsWhole() {
    int count = 5000;
    PointCloud cloud =
        new PointCloud(true, new float[3 * count], new float[3 * count], new byte[3 * count]);
    Path file = folder.resolve("a.ply");
    PlyFile.write(cloud, file);
    assertThat(file.toFile().length()).isBetween(5000L * 27 + 200, 5000L * 27 + 600);
  }

  @Test
  void glbIsOneSceneWithItsArraysInPlace() throws IOException {
    Path file = folder.resolve("a.glb");
    GlbFile.write(MESH, PHOTO, CAMERA, file);
    ByteBuffer glb = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(glb.getInt()).isEqualTo(0x46546c67);
    assertThat(glb.getInt()).isEqualTo(2);
    assertThat(glb.getInt()).isEqualTo(glb.capacity());
    byte[] json = new byte[glb.getInt()];
    assertThat(json.length % 4).isZero();
    assertThat(glb.getInt()).isEqualTo(0x4e4f534a);
    glb.get(json);
    int binary = glb.getInt();
    assertThat(binary % 4).isZero();
    assertThat(glb.getInt()).isEqualTo(0x004e4942);
    assertThat(glb.remaining()).isEqualTo(binary);
    JsonNode root = new ObjectMapper().readTree(json);
    assertThat(root.at("/asset/extras/unit").asText()).isEqualTo("metres");
    int start = glb.position();
    assertThat(floats(glb, start, view(root, "POSITION"))).isEqualTo(MESH.positions());
    assertThat(floats(glb, start, view(root, "NORMAL"))).isEqualTo(MESH.normals());
    assertThat(floats(glb, start, view(root, "TEXCOORD_0"))).isEqualTo(MESH.texture());
    JsonNode image = root.path("bufferViews").path(root.at("/images/0/bufferView").asInt());
    byte[] jpeg = new byte[image.path("byteLength").asInt()];
    glb.get(start + image.path("byteOffset").asInt(), jpeg);
    assertThat(ImageFiles.read(jpeg, "texture").width()).isEqualTo(12);
    // The nearest points have the largest z.
    assertThat((float) root.at("/accessors/0/max/2").asDouble()).isEqualTo(-2);
    assertThat(root.at("/cameras/0/perspective/yfov").asDouble())
        .isCloseTo(2 * Math.atan(4.5 / CAMERA.fy()), within(1e-9));
  }

  private static JsonNode view(JsonNode root, String attribute) {
    int accessor = root.at("/meshes/0/primitives/0/attributes/" + attribute).asInt();
    return root.path("bufferViews")
        .path(root.path("accessors").path(accessor).path("bufferView").asInt());
  }

  private static float[] floats(ByteBuffer glb, int start, JsonNode view) {
    float[] values = new float[view.path("byteLength").asInt() / 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = glb.getFloat(start + view.path("byteOffset").asInt() + 4 * i);
    }
    return values;
  }

  @Test
  void objNamesItsMaterialAndTexture() throws IOException {
    Path file = folder.resolve("my room.obj");
    ObjFile.write(MESH, PHOTO, file);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).contains("mtllib my room.mtl", "usemtl photo", "# unit: metres");
    assertThat(lines.stream().filter(l -> l.startsWith("v "))).hasSize(MESH.vertexCount());
    assertThat(lines.stream().filter(l -> l.startsWith("vn "))).hasSize(MESH.vertexCount());
    List<String> texture = lines.stream().filter(l -> l.startsWith("vt ")).toList();
    assertThat(Double.parseDouble(texture.get(0).split(" ")[2]))
        .isCloseTo(1 - 0.5 / 9, within(1e-6));
    List<String> faces = lines.stream().filter(l -> l.startsWith("f ")).toList();
    assertThat(faces).hasSize(MESH.triangleCount());
    assertThat(faces)
        .allSatisfy(
            face ->
                Arrays.stream(face.substring(2).split("[ /]"))
                    .mapToInt(Integer::parseInt)
                    .forEach(v -> assertThat(v).isBetween(1, MESH.vertexCount())));
    assertThat(Files.readString(folder.resolve("my room.mtl")))
        .contains("map_Kd my room.texture.jpg");
    assertThat(ImageFiles.read(folder.resolve("my room.texture.jpg")).height()).isEqualTo(9);
  }

  @Test
  void metricPngHoldsStepsAndTellsWhatIsTooFar() {
    float[] metres = {0.0004f, 0.0006f, 1.2344f, 65.535f, 65.6f, Float.NaN, 1e9f, -1};
    DepthMap map = new DepthMap(Kind.METRES, 8, 1, metres);
    Path file = folder.resolve("a.png");
    MetricPng.write(map, MetricPng.MILLIMETRES, file);
    assertThat(MetricPng.tooFar(map, MetricPng.MILLIMETRES)).isEqualTo(2);
    assertThat(GreyImage.read(file).data()).isEqualTo(new char[] {0, 1, 1234, 65535, 0, 0, 0, 0});
    MetricPng.write(map, MetricPng.KITTI, file);
    assertThat(MetricPng.tooFar(map, MetricPng.KITTI)).isEqualTo(1);
    assertThat(GreyImage.read(file).data())
        .isEqualTo(new char[] {0, 0, 316, 16777, 16794, 0, 0, 0});
  }

  @Test
  void nothingHalfWrittenRemains() {
    Path nowhere = folder.resolve("missing").resolve("a.glb");
    assertThatThrownBy(() -> GlbFile.write(MESH, PHOTO, CAMERA, nowhere))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> ObjFile.write(MESH, PHOTO, nowhere.resolveSibling("a.obj")))
        .isInstanceOf(FileException.class);
    assertThatThrownBy(
            () -> MetricPng.write(slope(Kind.RELATIVE_DEPTH), 1000, folder.resolve("b.png")))
        .hasMessageContaining("METRES");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTextureIsNoLargerThanPhonesTake() {
    byte[] jpeg = Texture.jpeg(photo(5000, 10));
    assertThat(ImageFiles.read(jpeg, "texture").width()).isEqualTo(4096);
  }
}
