package dev.deltadepth.server;

import static dev.deltadepth.server.DepthApiTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever clients do, the next one is served, and nothing is held for those that have gone. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileClientsTest {
  private static final String DEPTH = "/api/v1/depth";
  private static final int MOST_BYTES = 300_000;
  private static final Duration TIME = Duration.ofMillis(1500);

  @TempDir Path folder;
  private TestServer server;
  private byte[] file;

  @BeforeEach
  void start() throws IOException {
    Limits limits =
        TestServer.limits().withTime(TIME).withBodyBytes(MOST_BYTES).withPixels(1_000_000);
    server = TestServer.start(folder, ServerOptions.defaults().withLimits(limits));
    file = TestServer.png(TestServer.photo(97, 61), folder);
  }

  @AfterEach
  void theNextClientIsServedAndNothingIsHeld() throws Exception {
    try (TestServer closing = server) {
      assertThat(closing.post(DEPTH, file).statusCode()).isEqualTo(200);
      awaitMetric("delta_held_bytes", 0);
      assertThat(server.metric("delta_queue_length")).isZero();
    }
  }

  private void awaitMetric(String name, double value) throws Exception {
    double now = server.metric(name);
    for (int i = 0; i < 200 && now != value; i++) {
      Thread.sleep(50);
      now = server.metric(name);
    }
    assertThat(now).as(name).isEqualTo(value);
  }

  @Test
  void photosThatAreCutOffAreRefused() throws Exception {
    for (int length : new int[] {1, 8, 20, 40, file.length / 2, file.length - 100}) {
      assertProblem(server.post(DEPTH, Arrays.copyOf(file, length)), 422, "the photo");
    }
  }

  @Test
  void noiseIsRefused() throws Exception {
    Random random = new Random(11);
    for (int i = 0; i < 50; i++) {
      byte[] damaged = file.clone();
      for (int j = 0; j < 20; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertThat(server.post(DEPTH, damaged).statusCode()).isIn(200, 422);
    }
  }

  @Test
  void aSmallFileWithGiantDimensionsIsNotUnpacked() throws Exception {
    assertProblem(server.post(DEPTH, pngHeader(60_000, 60_000)), 422, "more than the limit");
    assertProblem(server.post(DEPTH, pngHeader(1_000_001, 1)), 422, "more than the limit");
  }

  /** A PNG that ends where its pixels would begin. */
  private static byte[] pngHeader(int width, int height) {
    ByteBuffer png = ByteBuffer.allocate(33);
    png.putLong(0x89504e470d0a1a0aL).putInt(13);
    png.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
    png.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(png.array(), 12, 17);
    return png.putInt((int) crc.getValue()).array();
  }

  @Test
  void bodiesThatAreTooLongAreRefusedWithOrWithoutALength() throws Exception {
    try (Socket socket = server.socket()) {
      write(socket, head("Content-Length: " + (MOST_BYTES + 1)));
      assertThat(read(socket)).contains("413", "longer than " + MOST_BYTES);
    }
    try (Socket socket = server.socket()) {
      write(socket, head("Transfer-Encoding: chunked"));
      byte[] chunk = new byte[20_000];
      for (int i = 0; i < MOST_BYTES / chunk.length; i++) {
        write(socket, "4e20\r\n");
        socket.getOutputStream().write(chunk);
        write(socket, "\r\n");
      }
      write(socket, "1\r\nx\r\n");
      assertThat(read(socket)).contains("413", "longer than " + MOST_BYTES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "5\r\nabcdefgh\r\n0\r\n\r\n", "-1\r\n"})
  void brokenChunksAreRefused(String chunks) throws Exception {
    try (Socket socket = server.socket()) {
      write(socket, head("Transfer-Encoding: chunked"));
      write(socket, chunks);
      assertThat(read(socket)).contains("HTTP/1.1 400", "problem+json", "Connection: close");
    }
  }

  @Test
  void aBodyThatIsCutOffIsRefused() throws Exception {
    for (String header : List.of("Transfer-Encoding: chunked", "Content-Length: 1000")) {
      try (Socket socket = server.socket()) {
        write(socket, head(header));
        write(socket, "5\r\nabcde\r\n");
        socket.shutdownOutput();
        assertThat(read(socket)).contains("HTTP/1.1 400", "problem+json", "cut off");
      }
    }
  }

  @Test
  void bodiesThatDoNotComeHoldNobodyUp() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        Socket socket = server.socket();
        slow.add(socket);
        write(socket, head("Content-Length: " + file.length));
        socket.getOutputStream().write(file, 0, 100);
      }
      assertThat(server.post(DEPTH, file).statusCode()).isEqualTo(200);
      for (Socket socket : slow) {
        assertThat(read(socket)).contains("408", "took too long to arrive");
      }
    } finally {
      close(slow);
    }
  }

  @Test
  void bodiesThatComeAByteAtATimeAreNotWaitedForForever() throws Exception {
    try (Socket socket = server.socket()) {
      write(socket, head("Content-Length: " + file.length));
      long start = System.nanoTime();
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      for (int i = 0; in.available() == 0 && i < file.length; i++) {
        out.write(file[i]);
        Thread.sleep(20);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(15));
      }
      assertThat(read(socket)).contains("408");
    }
  }

  @Test
  void headersThatComeAByteAtATimeEndTheConnection() throws Exception {
    try (Socket socket = server.socket()) {
      write(socket, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ");
      InputStream in = socket.getInputStream();
      socket.setSoTimeout(50);
      boolean ended = false;
      for (int i = 0; i < 300 && !ended; i++) {
        try {
          write(socket, "a");
          ended = in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
          // It is still there.
        } catch (IOException e) {
          ended = true;
        }
      }
      assertThat(ended).isTrue();
    }
  }

  @Test
  void clientsThatDoNotReadHoldNobodyUp() throws Exception {
    RgbImage photo = TestServer.photo(1000, 1000);
    byte[] content =
        TestServer.png(new RgbImage(1000, 1000, new byte[photo.data().length]), folder);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(
            new java.net.InetSocketAddress(
                java.net.InetAddress.getLoopbackAddress(), server.server.port()));
        slow.add(socket);
        // 4 MB of floats, more than the system's buffers take.
        write(socket, head("Content-Length: " + content.length, "?format=npy"));
        socket.getOutputStream().write(content);
        awaitMetric("delta_stage_seconds_count{stage=\"encode\"}", i + 1);
      }
      assertThat(server.metric("delta_held_bytes")).isPositive();
      assertThat(server.post(DEPTH, file).statusCode()).isEqualTo(200);
      // The last of them is given up, too.
      awaitMetric("delta_held_bytes", 0);
    } finally {
      close(slow);
    }
  }

  @Test
  void clientsThatLeaveAreForgotten() throws Exception {
    for (int i = 0; i < 30; i++) {
      try (Socket socket = server.socket()) {
        socket.setSoLinger(true, 0); // Reset, not closed.
        write(socket, head("Content-Length: " + file.length));
        socket.getOutputStream().write(file, 0, i % 2 == 0 ? file.length : file.length / 2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/....//etc/passwd",
        "/index.html/../../ServedModel.class",
        "/..\\..\\etc\\passwd",
        "/index.html%00.js",
        "//etc/passwd",
        "/api/v1/../../index.html;x=/..",
        "/META-INF/MANIFEST.MF",
      })
  void nothingButTheAppsFilesIsReached(String path) throws Exception {
    try (Socket socket = server.socket()) {
      write(socket, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(read(socket)).containsAnyOf("HTTP/1.1 400", "HTTP/1.1 404");
    }
  }

  @Test
  void whatIsNoHttpIsRefused() throws Exception {
    for (String request :
        List.of(
            "HELLO\r\n\r\n",
            "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "POST " + DEPTH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "POST "
                + DEPTH
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(9000) + "\r\n\r\n")) {
      try (Socket socket = server.socket()) {
        write(socket, request);
        assertThat(read(socket)).matches("(?s)HTTP/1.1 (400|431|505) .*application/problem.json.*");
      }
    }
  }

  private static String head(String header) {
    return head(header, "");
  }

  private static String head(String header, String query) {
    return "POST " + DEPTH + query + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n";
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  /** Until the end of the answer's body, or of the connection. */
  private static String read(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    int next;
    while (!answer.toString().endsWith("}") && (next = in.read()) >= 0) {
      answer.append((char) next);
    }
    return answer.toString();
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
