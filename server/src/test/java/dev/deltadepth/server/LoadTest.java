package dev.deltadepth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients at once, good and hostile: no wrong answer, no growth. Short by default; the long
 * run of docs/server.md names a server, clients and seconds: {@code delta.load.url}, {@code
 * delta.load.clients}, {@code delta.load.seconds}.
 */
class LoadTest {
  private static final int CLIENTS = Integer.getInteger("delta.load.clients", 50);
  private static final int SECONDS = Integer.getInteger("delta.load.seconds", 5);
  private static final String DEPTH = "/api/v1/depth?format=npy";

  /** Seconds after which a server has warmed up, so that growth is a leak. */
  private static final int LONG = 60;

  private static final int NPY_HEADER = 128;

  /** A photo's file, and the map that belongs to it. */
  private record Sample(byte[] file, DepthMap expected) {}

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> accepted = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final List<Double> resident = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private URI origin = URI.create("http://127.0.0.1/");

  @Test
  void manyClientsGetRightAnswersOrNone() throws Exception {
    makeSamples();
    Optional<String> url = Optional.ofNullable(System.getProperty("delta.load.url"));
    if (url.isPresent()) {
      origin = URI.create(url.get());
      load();
      return;
    }
    EstimatorOptions options = EstimatorOptions.defaults().withThreads(1);
    try (ServedModel model = ServedModel.open(ModelSource.embedded(), options);
        DepthServer server =
            DepthServer.start(model, ServerOptions.defaults().withAddress("127.0.0.1", 0))) {
      origin = URI.create("http://127.0.0.1:" + server.port());
      load();
    }
  }

  private void makeSamples() throws IOException {
    int[][] sizes = {{640, 480}, {480, 640}, {321, 243}, {1000, 400}};
    try (DepthEstimator estimator = DepthEstimator.embedded(EstimatorOptions.defaults())) {
      for (int[] size : sizes) {
        RgbImage photo = TestServer.photo(size[0], size[1]);
        Path jpeg = folder.resolve(size[0] + ".jpg");
        ImageFiles.writeJpeg(photo, jpeg, 0.9f);
        byte[] file = Files.readAllBytes(jpeg);
        samples.add(new Sample(file, estimator.estimate(ImageFiles.read(jpeg))));
      }
    }
  }

  private void load() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(i);
      threads.execute(() -> client(random, end));
    }
    threads.shutdown();
    while (!threads.awaitTermination(Math.max(1, SECONDS / 40), TimeUnit.SECONDS)) {
      resident.add(metric("process_resident_memory_bytes") / (1 << 20));
    }
    report();
    assertThat(wrong).isEmpty();
    assertThat(accepted).isNotEmpty();
    for (int i = 0; i < 100 && metric("delta_held_bytes") > 0; i++) {
      Thread.sleep(500);
    }
    assertThat(metric("delta_held_bytes")).isZero();
    assertThat(metric("delta_queue_length")).isZero();
    if (SECONDS >= LONG) {
      List<Double> second = resident.subList(resident.size() / 3, 2 * resident.size() / 3);
      List<Double> last = resident.subList(2 * resident.size() / 3, resident.size());
      // A third of the run against the next; the heap breathes by some tens of megabytes.
      assertThat(median(last)).isLessThan(median(second) * 1.2 + 64);
    }
  }

  private void client(Random random, long end) {
    while (System.nanoTime() < end) {
      try {
        int kind = random.nextInt(100);
        if (kind < 60) {
          good(random);
        } else if (kind < 70) {
          refused("cut off", truncated(random));
        } else if (kind < 80) {
          refused("bomb", bomb());
        } else if (kind < 88) {
          slowBody(random);
        } else if (kind < 94) {
          aborted(random);
        } else {
          slowReader(random);
        }
      } catch (IOException e) {
        count("connection lost");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void good(Random random) throws IOException, InterruptedException {
    Sample sample = samples.get(random.nextInt(samples.size()));
    long start = System.nanoTime();
    HttpResponse<byte[]> response = post(sample.file());
    if (response.statusCode() == 200) {
      accepted.add(System.nanoTime() - start);
      count("good: answered");
      check(sample, response.body());
    } else if (response.statusCode() == 503) {
      count("good: refused with 503");
      if (response.headers().firstValue("Retry-After").isEmpty()) {
        wrong.add("503 without Retry-After");
      }
      Thread.sleep(200 + random.nextInt(800));
    } else {
      wrong.add("a good photo got " + response.statusCode() + " " + TestServer.text(response));
    }
  }

  private void check(Sample sample, byte[] npy) {
    float[] expected = sample.expected().data();
    if (npy.length != NPY_HEADER + 4 * expected.length) {
      wrong.add("a map of " + npy.length + " bytes");
      return;
    }
    ByteBuffer floats = ByteBuffer.wrap(npy, NPY_HEADER, 4 * expected.length).slice();
    floats.order(ByteOrder.LITTLE_ENDIAN);
    for (float value : expected) {
      float given = floats.getFloat();
      // Threads of the network add up in another order.
      if (!(Math.abs(given - value) < 1e-4)) {
        wrong.add(given + " instead of " + value);
        return;
      }
    }
  }

  private void refused(String what, byte[] body) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = post(body);
    if (response.statusCode() != 422 && response.statusCode() != 503) {
      wrong.add(what + " got " + response.statusCode());
    }
    count(what + ": " + response.statusCode());
  }

  private byte[] truncated(Random random) {
    byte[] file = samples.get(random.nextInt(samples.size())).file();
    return Arrays.copyOf(file, file.length / 4 + random.nextInt(file.length / 2));
  }

  /** A BMP of 60,000 x 60,000 pixels in 54 bytes. */
  private static byte[] bomb() {
    ByteBuffer bmp = ByteBuffer.allocate(54).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put((byte) 'B').put((byte) 'M').putInt(54).putInt(0).putInt(54);
    bmp.putInt(40).putInt(60_000).putInt(60_000).putShort((short) 1).putShort((short) 24);
    return bmp.array();
  }

  private void slowBody(Random random) throws IOException, InterruptedException {
    byte[] file = samples.get(random.nextInt(samples.size())).file();
    try (Socket socket = connect()) {
      OutputStream out = begin(socket, file.length);
      for (int i = 0; i < 20 + random.nextInt(60); i++) {
        out.write(file[i]);
        Thread.sleep(50);
      }
    }
    count("slow body");
  }

  private void aborted(Random random) throws IOException {
    byte[] file = samples.get(random.nextInt(samples.size())).file();
    try (Socket socket = connect()) {
      socket.setSoLinger(true, 0);
      begin(socket, file.length).write(file, 0, random.nextInt(file.length) + 1);
    }
    count("aborted");
  }

  private void slowReader(Random random) throws IOException, InterruptedException {
    byte[] file = samples.get(random.nextInt(samples.size())).file();
    try (Socket socket = connect()) {
      begin(socket, file.length).write(file);
      InputStream in = socket.getInputStream();
      for (int i = 0; i < 20 && in.read() >= 0; i++) {
        Thread.sleep(100);
      }
    }
    count("slow reader");
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(30_000);
    socket.connect(new InetSocketAddress(origin.getHost(), origin.getPort()), 30_000);
    return socket;
  }

  private OutputStream begin(Socket socket, int length) throws IOException {
    OutputStream out = socket.getOutputStream();
    String head =
        "POST " + DEPTH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    return out;
  }

  private HttpResponse<byte[]> post(byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(origin.resolve(DEPTH))
            .timeout(Duration.ofSeconds(90))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  private double metric(String name) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(origin.resolve("/metrics")).build();
    return http.send(request, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private void count(String outcome) {
    outcomes.computeIfAbsent(outcome, unused -> new LongAdder()).increment();
  }

  private void report() {
    List<Long> sorted = new ArrayList<>(accepted);
    Collections.sort(sorted);
    StringBuilder text = new StringBuilder();
    text.append(CLIENTS).append(" clients, ").append(SECONDS).append(" s\n");
    new TreeMap<>(outcomes)
        .forEach(
            (outcome, count) -> text.append(String.format("  %-24s %7d%n", outcome, count.sum())));
    text.append(String.format("  %-24s %7d%n", "wrong", wrong.size()));
    for (double part : new double[] {0.5, 0.9, 0.99, 1}) {
      int index = Math.max(0, (int) Math.ceil(part * sorted.size()) - 1);
      double milliseconds = sorted.isEmpty() ? Double.NaN : sorted.get(index) / 1e6;
      text.append(String.format("  answered, p%-12.0f %7.0f ms%n", part * 100, milliseconds));
    }
    text.append("  resident MB over time   ");
    resident.forEach(megabytes -> text.append(String.format(" %.0f", megabytes)));
    System.out.println(text);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
