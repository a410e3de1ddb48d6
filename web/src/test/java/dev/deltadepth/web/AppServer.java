package dev.deltadepth.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves the app's files over loopback as a host of static files does, compressed where a
 * compressed neighbour lies there, with the content security policy that Delta's server has; and on
 * demand the small part of the API that the app uses.
 */
public final class AppServer implements AutoCloseable {
  private static final String FOLDER = "/dev/deltadepth/web/app/";
  private static final String POLICY =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' blob:; worker-src 'self' blob:;"
          + " style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self';"
          + " manifest-src 'self'";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript",
          "css", "text/css",
          "svg", "image/svg+xml",
          "png", "image/png",
          "jpg", "image/jpeg",
          "wasm", "application/wasm",
          "webmanifest", "application/manifest+json");

  /**
   * Two, whatever this machine has, and whatever WebKit makes of it: with more, a visit differs
   * from the one before, because the service worker isolates the page.
   */
  private static final String CORES =
      """
      Object.defineProperty(Object.getPrototypeOf(self.navigator), 'hardwareConcurrency',
        { get: () => 2 });
      """;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Long> sent = new ConcurrentHashMap<>();
  private final Map<String, String> prefixes = new ConcurrentHashMap<>(Map.of("sw.js", CORES));
  private final Map<String, byte[]> own = new ConcurrentHashMap<>();
  private final Set<String> missed = ConcurrentHashMap.newKeySet();
  private final DepthEstimator estimator;
  private volatile boolean hasApi;
  private volatile String token = "";
  private volatile boolean closed;
  private volatile int pauseBeforeModel;
  private final AtomicInteger refusals = new AtomicInteger();

  private AppServer(HttpServer server) {
    this.server = server;
    this.estimator = DepthEstimator.embedded(EstimatorOptions.defaults());
  }

  static AppServer start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AppServer app = new AppServer(http);
    http.createContext("/", app::answer);
    http.setExecutor(app.threads);
    http.start();
    return app;
  }

  /** Where the page is; browsers take localhost for a secure address. */
  String address() {
    return "http://localhost:" + server.getAddress().getPort() + "/";
  }

  /** From now on there is an API, too. */
  AppServer withApi() {
    hasApi = true;
    return this;
  }

  /** From now on there is an API for those who know a token. */
  AppServer withApiFor(String secret) {
    token = secret;
    return withApi();
  }

  /** Adds a file of a test's own. */
  AppServer with(String file, byte[] bytes) {
    own.put(file, bytes);
    return this;
  }

  /** Names that were asked for and are not there: how a page says something to a test. */
  Set<String> missed() {
    return missed;
  }

  /** Puts text before a file's own: how a test makes a browser poorer than it is. */
  AppServer before(String file, String text) {
    prefixes.put(file, text);
    return this;
  }

  /** Lets the model come so late that a test can look at the page before it is there. */
  AppServer pauseBeforeModel(int milliseconds) {
    pauseBeforeModel = milliseconds;
    return this;
  }

  /** Refuses the model as often as this: the network is bad. */
  AppServer refuseModel(int times) {
    refusals.set(times);
    return this;
  }

  /** Answers nobody any more: the network is gone. */
  void disconnect() {
    closed = true;
  }

  /** Bytes sent so far, a file, compressed as they went. */
  Map<String, Long> sent() {
    return sent;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (closed) {
        return;
      }
      String name = exchange.getRequestURI().getPath().substring(1);
      if (name.startsWith("api/")) {
        api(exchange, name);
      } else {
        file(exchange, name.isEmpty() ? "index.html" : name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void api(HttpExchange exchange, String name) throws IOException {
    if (!hasApi) {
      exchange.sendResponseHeaders(404, -1);
    } else if (!token.isEmpty()
        && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.sendResponseHeaders(401, -1);
    } else if (name.equals("api/v1/model")) {
      send(exchange, name, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
    } else if (name.equals("api/v1/model.onnx")) {
      send(exchange, name, "application/octet-stream", resource("delta.onnx"));
    } else if (name.equals("api/v1/photo") && exchange.getRequestMethod().equals("POST")) {
      RgbImage picture = ImageFiles.read(exchange.getRequestBody().readAllBytes(), "the picture");
      send(exchange, name, "image/jpeg", ImageFiles.jpeg(picture, 0.95f));
    } else if (name.equals("api/v1/depth") && exchange.getRequestMethod().equals("POST")) {
      RgbImage picture = ImageFiles.read(exchange.getRequestBody().readAllBytes(), "the picture");
      Path map = Files.createTempFile("map", ".npy");
      Files.delete(map);
      NpyFile.write(npy(estimator.estimate(picture)), map);
      send(exchange, name, "application/octet-stream", Files.readAllBytes(map));
      Files.delete(map);
    }
  }

  private void file(HttpExchange exchange, String name) throws IOException, InterruptedException {
    byte[] bytes = own.containsKey(name) ? own.get(name) : resource(name);
    if (bytes.length == 0) {
      missed.add(name);
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    if (name.equals("delta.onnx")) {
      Thread.sleep(pauseBeforeModel);
      if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
    }
    String prefix = prefixes.get(name);
    byte[] compressed = own.containsKey(name) ? new byte[0] : resource(name + ".br");
    String accepted = String.valueOf(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
    if (prefix != null) {
      bytes = (prefix + new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    } else if (compressed.length > 0 && accepted.contains("br")) {
      exchange.getResponseHeaders().set("Content-Encoding", "br");
      bytes = compressed;
    }
    String ending = name.substring(name.lastIndexOf('.') + 1);
    send(exchange, name, TYPES.getOrDefault(ending, "application/octet-stream"), bytes);
  }

  private void send(HttpExchange exchange, String name, String type, byte[] bytes)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    String tag = "\"" + Arrays.hashCode(bytes) + "\"";
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    exchange.getResponseHeaders().set("Vary", "Accept-Encoding");
    exchange.getResponseHeaders().set("ETag", tag);
    if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
    sent.merge(name, (long) bytes.length, Long::sum);
  }

  /** The file's bytes, none if there is no such file. */
  public static byte[] resource(String name) throws IOException {
    try (InputStream in = AppServer.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? new byte[0] : in.readAllBytes();
    }
  }

  private static FloatArray npy(DepthMap map) {
    return new FloatArray(new int[] {map.height(), map.width()}, map.data());
  }

  @Override
  public void close() {
    closed = true;
    server.stop(0);
    threads.shutdownNow();
    estimator.close();
  }
}
