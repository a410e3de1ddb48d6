package dev.deltadepth.server;

import static dev.deltadepth.server.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.io.map.PfmFile;
import dev.deltadepth.io.map.StoredMap;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DepthApiTest {
  private static final String DEPTH = "/api/v1/depth";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static TestServer server;
  private static byte[] file;
  private static DepthMap expected;
  private static RgbImage photo;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start(folder, ServerOptions.defaults().withLimits(TestServer.limits()));
    photo = TestServer.photo(97, 61);
    file = TestServer.png(photo, folder);
    expected = server.model.estimator().estimate(photo);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Path saved(HttpResponse<byte[]> response, String name) throws IOException {
    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    return Files.write(folder.resolve(name), response.body());
  }

  @Test
  void withoutAWishTheMapComesInColours() throws Exception {
    HttpResponse<byte[]> response = server.post(DEPTH, file);
    assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.headers().firstValue("Server-Timing").orElse(""))
        .matches("queue;dur=[\\d.]+, decode;dur=[\\d.]+, estimate;dur=[\\d.]+, encode;dur=[\\d.]+");
    RgbImage map = ImageFiles.read(saved(response, "map.png"));
    assertThat(map.data()).isEqualTo(Colormap.named("inferno").apply(expected).data());
  }

  /** For browsers that cannot decode it: upright, of its own size. */
  @Test
  void aPhotoIsDecoded() throws Exception {
    HttpResponse<byte[]> response = server.post("/api/v1/photo", file);
    assertThat(response.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    RgbImage decoded = ImageFiles.read(saved(response, "photo.jpg"));
    assertThat(decoded.width()).isEqualTo(97);
    assertThat(decoded.height()).isEqualTo(61);
    assertThat(Math.abs((decoded.value(90, 30, 0) & 0xff) - (photo.value(90, 30, 0) & 0xff)))
        .isLessThan(20);
    assertThat(server.post("/api/v1/photo?format=png", file).statusCode()).isEqualTo(400);
    HttpResponse<byte[]> none =
        server.post("/api/v1/photo", "no photo".getBytes(StandardCharsets.UTF_8));
    assertThat(none.statusCode()).isEqualTo(422);
    assertThat(text(none)).contains("the photo is not a picture");
    // Of one colour, which FFmpeg alone reads.
    byte[] plain = Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvY8AYEChZkSvT/wIAAA==");
    RgbImage read = ImageFiles.read(saved(server.post("/api/v1/photo", plain), "plain.jpg"));
    assertThat(read.value(99, 99, 0) & 0xff).isBetween(195, 205);
  }

  @ParameterizedTest
  @ValueSource(strings = {"viridis", "gray", "spectral"})
  void theColourMapIsChosen(String colours) throws Exception {
    HttpResponse<byte[]> response = server.post(DEPTH + "?colormap=" + colours, file);
    RgbImage map = ImageFiles.read(saved(response, "coloured.png"));
    assertThat(map.data()).isEqualTo(Colormap.named(colours).apply(expected).data());
  }

  @Test
  void sixteenBitsStretchTheValues() throws Exception {
    HttpResponse<byte[]> response = server.post(DEPTH + "?format=png16", file);
    GreyImage map = GreyImage.read(saved(response, "map16.png"));
    assertThat(map.bits()).isEqualTo(16);
    float low = expected.value(0, 0);
    float high = expected.value(96, 0);
    for (int x = 0; x < 97; x++) {
      double part = (expected.value(x, 30) - low) / (high - low);
      assertThat(map.value(x, 30) / 65535.0).isEqualTo(part, within(1e-4));
    }
  }

  @Test
  void numpyAndPfmHoldTheFloats() throws Exception {
    FloatArray npy = NpyFile.read(saved(server.post(DEPTH + "?format=npy", file), "map.npy"));
    assertThat(npy.shape()).containsExactly(61, 97);
    assertThat(npy.data()).isEqualTo(expected.data());
    Path pfm = saved(server.post(DEPTH + "?format=pfm", file), "map.pfm");
    assertThat(PfmFile.read(pfm, DepthMap.Kind.DISPARITY).data()).isEqualTo(expected.data());
  }

  @Test
  void jsonSaysWhatItHolds() throws Exception {
    HttpResponse<byte[]> response = server.post(DEPTH + "?format=json", file);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode json = JSON.readTree(response.body());
    assertThat(json.get("width").asInt()).isEqualTo(97);
    assertThat(json.get("height").asInt()).isEqualTo(61);
    assertThat(json.get("convention").asText()).isEqualTo("larger is nearer");
    byte[] bytes = Base64.getDecoder().decode(json.get("data").asText());
    float[] values = new float[97 * 61];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    assertThat(values).isEqualTo(expected.data());
  }

  @Test
  void filesThatSayWhatTheyHoldAreAnswered() throws Exception {
    for (String format : List.of("npz", "exr")) {
      HttpResponse<byte[]> response = server.post(DEPTH + "?format=" + format, file);
      StoredMap stored = StoredMap.read(saved(response, "map." + format));
      assertThat(stored.map()).isEqualTo(expected);
      assertThat(stored.description()).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ply, model/x-ply, ply",
    "glb, model/gltf-binary, glTF",
    "normals, image/png; content=normals, PNG",
    "anaglyph, image/png; content=anaglyph, PNG",
    "sbs, image/jpeg, JFIF"
  })
  void scenesAreAnswered(String format, String type, String magic) throws Exception {
    HttpResponse<byte[]> response = server.post(DEPTH + "?format=" + format, file);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(type);
    assertThat(new String(response.body(), 0, 12, StandardCharsets.ISO_8859_1)).contains(magic);
    if (type.startsWith("image/")) {
      RgbImage picture = ImageFiles.read(response.body(), format);
      assertThat(picture.width()).isEqualTo(format.equals("sbs") ? 2 * 97 : 97);
      assertThat(picture.height()).isEqualTo(61);
    }
  }

  @Test
  void theNetworkSeesTheSizeThatIsAskedFor() throws Exception {
    FloatArray map =
        NpyFile.read(saved(server.post(DEPTH + "?format=npy&size=32", file), "small.npy"));
    assertThat(map.data()).isEqualTo(server.model.estimator().estimate(photo, 32).data());
    assertThat(map.data()).isNotEqualTo(expected.data());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/x-npy                         | application/x-npy",
        "image/png;depth=16                        | image/png; depth=16",
        "image/png                                 | image/png",
        "*/*                                       | image/png",
        "application/*                             | application/x-npy",
        "text/html, application/json;q=0.9         | application/json",
        "image/png;q=0.2, image/x-portable-floatmap| image/x-portable-floatmap",
        "image/png;q=0, application/json           | application/json",
      })
  void acceptChoosesTheForm(String accept, String type) throws Exception {
    HttpResponse<byte[]> response = server.post(DEPTH, file, "Accept", accept);
    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse("").replace(" ", ""))
        .isEqualTo(type.replace(" ", ""));
  }

  @Test
  void theParameterGoesBeforeAccept() throws Exception {
    HttpResponse<byte[]> response =
        server.post(DEPTH + "?format=json", file, "Accept", "image/png");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void aFormsFileIsThePhoto() throws Exception {
    HttpResponse<byte[]> response = server.post(DEPTH, form("b", file), "Content-Type", FORM);
    assertThat(response.body()).isEqualTo(server.post(DEPTH, file).body());
  }

  private static final String FORM = "multipart/form-data; boundary=b";

  private static byte[] form(String boundary, byte[] content) {
    byte[] start =
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"image\";"
                + " filename=\"p.png\"\r\nContent-Type: image/png\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(start.length + content.length + end.length)
        .put(start)
        .put(content)
        .put(end)
        .array();
  }

  @Test
  void aFormThatIsDamagedOrHasNoFileIsRefused() throws Exception {
    byte[] whole = form("b", file);
    assertProblem(
        server.post(DEPTH, java.util.Arrays.copyOf(whole, whole.length / 2), "Content-Type", FORM),
        400,
        "cut off or damaged");
    byte[] noFile =
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    assertProblem(server.post(DEPTH, noFile, "Content-Type", FORM), 400, "named image");
    assertProblem(server.post(DEPTH, whole, "Content-Type", "multipart/form-data"), 400, "damaged");
  }

  @Test
  void bodiesOfUnknownLengthAreTaken() throws Exception {
    HttpResponse<byte[]> response =
        server.send(
            server
                .request(DEPTH)
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(file))));
    assertThat(response.statusCode()).isEqualTo(200);
  }

  static void assertProblem(HttpResponse<byte[]> response, int status, String detail)
      throws IOException {
    assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode json = JSON.readTree(response.body());
    assertThat(json.get("type").asText()).isEqualTo("about:blank");
    assertThat(json.get("title").asText()).isNotEmpty();
    assertThat(json.get("status").asInt()).isEqualTo(status);
    assertThat(json.get("detail").asText()).contains(detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format=bmp     | format must be one of png, png16, npy, pfm, json",
        "colormap=blue  | colormap must be one of inferno",
        "size=31        | must be an integer between 32 and 2048",
        "size=2049      | must be an integer between 32 and 2048",
        "size=1e3       | must be an integer",
        "colourmap=gray | unknown parameter; choose from colormap, format, size",
      })
  void aWrongParameterIsNamed(String query, String detail) throws Exception {
    assertProblem(server.post(DEPTH + "?" + query, file), 400, detail);
  }

  @Test
  void onlyARefusalBeforeTheBodyEndsTheConnection() throws Exception {
    assertThat(server.post(DEPTH + "?size=31", file).headers().map())
        .containsEntry("connection", List.of("close"));
    assertThat(server.post(DEPTH, "hello".getBytes(StandardCharsets.US_ASCII)).headers().map())
        .doesNotContainKey("connection");
    assertThat(server.get("/api/v1/nothing").headers().map()).doesNotContainKey("connection");
    assertThat(server.post(DEPTH, file).headers().map()).doesNotContainKey("connection");
  }

  /** A connection that is closed on a client that still sends is reset, and the answer is lost. */
  @Test
  void aRefusalReachesTheClientThatStillSends() throws Exception {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 200000\r\n\r\n"
            .formatted(DEPTH);
    try (Socket socket = server.socket()) {
      OutputStream to = socket.getOutputStream();
      to.write(head.getBytes(StandardCharsets.US_ASCII));
      // A server that answers before the body, and closes, has done so by now.
      long late = System.nanoTime() + 300_000_000L;
      while (socket.getInputStream().available() == 0 && System.nanoTime() < late) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < 20; i++) {
        to.write(new byte[10_000]);
      }
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 415").contains("Connection: close", "image/*");
    }
  }

  @Test
  void whatIsNoPhotoIsRefusedInItsOwnWay() throws Exception {
    assertProblem(server.post(DEPTH, new byte[0]), 400, "empty");
    assertProblem(server.post(DEPTH, "hello".getBytes(StandardCharsets.US_ASCII)), 422, "picture");
    assertProblem(server.post(DEPTH, file, "Content-Type", "text/plain"), 415, "image/*");
    assertProblem(server.post(DEPTH, file, "Content-Encoding", "gzip"), 415, "encoding");
    assertProblem(server.post(DEPTH, file, "Accept", "text/html"), 406, "image/png");
  }

  @Test
  void aSizeThatIsTooMuchForTheNetworkIsRefused() throws Exception {
    byte[] wide = TestServer.png(TestServer.photo(400, 50), folder);
    assertProblem(server.post(DEPTH + "?size=1024", wide), 422, "8192 x 1024");
  }

  @Test
  void theModelIsDescribedAndGivenAway() throws Exception {
    JsonNode facts = JSON.readTree(server.get("/api/v1/model").body());
    assertThat(facts.get("name").asText()).isEqualTo("test");
    assertThat(facts.get("licence").asText()).isEqualTo("CC BY 4.0");
    assertThat(facts.get("size").asInt()).isEqualTo(64);
    assertThat(facts.get("formats")).map(JsonNode::asText).isEqualTo(MapFormat.labels());
    assertThat(facts.get("colormaps")).map(JsonNode::asText).isEqualTo(Colormap.names());
    byte[] onnx = Files.readAllBytes(folder.resolve("red.onnx"));
    HttpResponse<byte[]> given = server.get(facts.get("file").get("url").asText());
    assertThat(given.body()).isEqualTo(onnx);
    assertThat(facts.get("file").get("bytes").asInt()).isEqualTo(onnx.length);
    assertThat(facts.get("file").get("sha256").asText()).isEqualTo(Sha256.of(onnx));
    String etag = given.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> again = server.get("/api/v1/model.onnx", "If-None-Match", etag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void headTellsTheLengthWithoutTheContent() throws Exception {
    HttpResponse<byte[]> head =
        server.send(server.request("/api/v1/model.onnx").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .contains(Long.toString(Files.size(folder.resolve("red.onnx"))));
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    assertProblem(server.get("/api/v2/depth"), 404, "not found");
    HttpResponse<byte[]> deleted = server.send(server.request("/api/v1/model").DELETE());
    assertProblem(deleted, 405, "another method");
    assertThat(deleted.headers().firstValue("Allow").orElse("")).contains("GET");
  }

  @Test
  void everyAnswerHasTheSecurityHeaders() throws Exception {
    for (HttpResponse<byte[]> response :
        List.of(server.get("/healthz"), server.get("/nothing"), server.post(DEPTH, file))) {
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'")
          .doesNotContain("unsafe-inline");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(response.headers().firstValue("Permissions-Policy").orElse(""))
          .contains("camera=(self)");
      assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(response.headers().map()).doesNotContainKeys("server", "set-cookie");
    }
  }

  @Test
  void sizesAndTimesAreMeasured() throws Exception {
    double before = server.metric("delta_requests_total{status=\"200\"}");
    double bytes = server.metric("delta_received_bytes_total");
    server.post(DEPTH, file);
    assertThat(server.metric("delta_requests_total{status=\"200\"}")).isEqualTo(before + 1);
    assertThat(server.metric("delta_received_bytes_total")).isEqualTo(bytes + file.length);
    assertThat(server.metric("delta_stage_seconds_count{stage=\"estimate\"}")).isPositive();
    assertThat(server.metric("delta_request_seconds_sum")).isPositive();
    assertThat(server.metric("delta_queue_limit")).isEqualTo(16);
    assertThat(server.metric("delta_held_bytes")).isZero();
    assertThat(server.metric("process_resident_memory_bytes")).isPositive();
    assertThat(server.get("/metrics").headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain");
  }
}
