package dev.deltadepth.server;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelMetadata;
import dev.deltadepth.runtime.ModelSource;
import dev.deltadepth.runtime.TestModels;
import dev.deltadepth.server.job.ClipNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** A real server on loopback whose model gives the red of each pixel, and clients of it. */
final class TestServer implements AutoCloseable {
  final ServedModel model;
  final DepthServer server;
  final HttpClient client = HttpClient.newHttpClient();

  private TestServer(ServedModel model, DepthServer server) {
    this.model = model;
    this.server = server;
  }

  static TestServer start(Path folder, ServerOptions options) {
    return start(folder, options, new AppFiles(TestServer.class.getClassLoader()));
  }

  static TestServer start(Path folder, ServerOptions options, AppFiles app) {
    ServedModel model = model(folder);
    return new TestServer(model, DepthServer.start(model, local(options), app));
  }

  /** With another network for videos, and another clock. */
  static TestServer start(Path folder, ServerOptions options, ClipNetwork network, Clock clock) {
    ServedModel model = model(folder);
    AppFiles app = new AppFiles(TestServer.class.getClassLoader());
    return new TestServer(model, DepthServer.start(model, local(options), app, network, clock));
  }

  private static ServerOptions local(ServerOptions options) {
    return options.withAddress("127.0.0.1", 0);
  }

  private static ServedModel model(Path folder) {
    Map<String, String> metadata = TestModels.metadata();
    metadata.put(ModelMetadata.LICENCE, "CC BY 4.0");
    Path file = TestModels.red(folder.resolve("red.onnx"), metadata);
    return ServedModel.open(ModelSource.of(file), EstimatorOptions.defaults().withThreads(1));
  }

  static Limits limits() {
    return Limits.defaults().withWorkers(1).withTime(Duration.ofSeconds(20));
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return send(request(path, headers).GET());
  }

  HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws Exception {
    return send(request(path, headers).POST(BodyPublishers.ofByteArray(body)));
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
    return headers.length == 0 ? request : request.headers(headers);
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** A client that does as it likes. */
  Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** The value of a line of the metrics; 0 where it is not there yet. */
  double metric(String name) throws Exception {
    return text(get("/metrics"))
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** Red rises to the right, green downwards, blue is noise. */
  static RgbImage photo(int width, int height) {
    byte[] data = new byte[width * height * 3];
    Random random = new Random(5);
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        data[i++] = (byte) (255 * x / Math.max(1, width - 1));
        data[i++] = (byte) (255 * y / Math.max(1, height - 1));
        data[i++] = (byte) random.nextInt(256);
      }
    }
    return new RgbImage(width, height, data);
  }

  /** The photo's file. */
  static byte[] png(RgbImage photo, Path folder) throws IOException {
    Path file = folder.resolve("photo-" + photo.width() + "x" + photo.height() + ".png");
    ImageFiles.writePng(photo, file);
    return Files.readAllBytes(file);
  }

  @Override
  public void close() {
    server.close();
    model.close();
  }
}
