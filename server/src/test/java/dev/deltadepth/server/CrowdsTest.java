package dev.deltadepth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.server.http.Sender;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One address that wants too much. */
class CrowdsTest {
  private static final int MANY = 1100;

  @TempDir Path folder;

  @Test
  void thousandConnectionsThatDoNothingKeepNobodyOut() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults())) {
      for (int i = 0; i < MANY; i++) {
        idle.add(server.socket());
      }
      // Without a limit per address, the server takes no more before the first of them end.
      try (Socket next = server.socket()) {
        next.setSoTimeout(10_000);
        assertThat(answer(next)).startsWith("HTTP/1.1 200");
      }
      awaitConnections(server, ConnectionLimits.IDLE);
      // The oldest have gone, the youngest are there.
      assertThat(idle.get(0).getInputStream().read()).isNegative();
      assertThat(idle.get(MANY - ConnectionLimits.IDLE - 10).getInputStream().read()).isNegative();
      assertThat(answer(idle.get(MANY - 1))).startsWith("HTTP/1.1 200");
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void connectionsThatAreUsedAreNoIdleOnes() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults())) {
      Socket busy = server.socket();
      sockets.add(busy);
      write(busy, "POST /api/v1/depth HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nx");
      Socket used = server.socket();
      sockets.add(used);
      for (int i = 0; i < ConnectionLimits.IDLE + 100; i++) {
        sockets.add(server.socket());
        if (i % 50 == 0) {
          assertThat(answer(used)).startsWith("HTTP/1.1 200");
        }
      }
      awaitConnections(server, ConnectionLimits.IDLE + 1);
      write(busy, "yz");
      assertThat(read(busy)).startsWith("HTTP/1.1 422");
      assertThat(answer(used)).startsWith("HTTP/1.1 200");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void oneAddressHasSoManyConnectionsAndNoMore() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults())) {
      // Another one asks for the metrics.
      for (int i = 1; i < ConnectionLimits.ALL; i++) {
        Socket socket = server.socket();
        sockets.add(socket);
        write(
            socket, "POST /api/v1/depth HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nx");
      }
      double open = 0;
      for (int i = 0; i < 200 && open < ConnectionLimits.ALL; i++) {
        open = server.metric("delta_connections");
      }
      assertThat(open).isEqualTo(ConnectionLimits.ALL);
      Socket last = server.socket();
      sockets.add(last);
      assertThat(last.getInputStream().read()).isNegative();
      sockets.get(0).close();
      sockets.get(1).close();
      awaitConnections(server, ConnectionLimits.ALL - 2);
      try (Socket next = server.socket()) {
        assertThat(answer(next)).startsWith("HTTP/1.1 200");
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** Its own one is among them. */
  private static void awaitConnections(TestServer server, int most) throws Exception {
    double now = server.metric("delta_connections");
    for (int i = 0; i < 200 && now > most; i++) {
      Thread.sleep(50);
      now = server.metric("delta_connections");
    }
    assertThat(now).isLessThanOrEqualTo(most);
  }

  @Test
  void wrongTokensAreForgivenOneAfterTheOther() {
    AtomicLong now = new AtomicLong(-5);
    WrongTokens wrong = new WrongTokens(now::get);
    for (int i = 0; i < 10; i++) {
      assertThat(wrong.wait("a")).isZero();
      wrong.add("a");
    }
    assertThat(wrong.wait("a")).isEqualTo(6);
    assertThat(wrong.wait("b")).isZero();
    now.addAndGet(2_500_000_000L);
    assertThat(wrong.wait("a")).isEqualTo(4);
    now.addAndGet(3_500_000_000L);
    assertThat(wrong.wait("a")).isZero();
    wrong.add("a");
    assertThat(wrong.wait("a")).isEqualTo(6);
    now.addAndGet(60_000_000_000L);
    for (int i = 0; i < 10; i++) {
      assertThat(wrong.wait("a")).isZero();
      wrong.add("a");
    }
    assertThat(wrong.wait("a")).isEqualTo(6);
    for (int i = 0; i < 10_000; i++) {
      wrong.add("client " + i);
    }
    // Forgotten, so that nobody fills the memory with addresses.
    assertThat(wrong.wait("a")).isZero();
  }

  @Test
  void aClientIsAnAddressOrANetworkOfVersion6() {
    assertThat(Sender.client("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(Sender.client("2001:db8:1:2:3:4:5:6"))
        .isEqualTo(Sender.client("2001:db8:1:2::7"))
        .isNotEqualTo(Sender.client("2001:db8:1:3::7"));
    assertThat(Sender.client("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(Sender.client("12:34")).isEqualTo("12:34");
  }

  @Test
  void whoTriesTokensHasToWait() throws Exception {
    try (TestServer server =
        TestServer.start(folder, ServerOptions.defaults().withToken("right"))) {
      for (int i = 0; i < 10; i++) {
        assertThat(get(server, "192.0.2.1", "wrong" + i).statusCode()).isEqualTo(401);
      }
      HttpResponse<byte[]> refused = get(server, "192.0.2.1", "right");
      DepthApiTest.assertProblem(refused, 429, "too many wrong tokens");
      assertThat(refused.headers().firstValue("Retry-After").orElse("")).matches("[1-6]");
      assertThat(get(server, "192.0.2.2", "right").statusCode()).isEqualTo(200);
      // Without a token, nothing is tried.
      assertThat(server.get("/api/v1/model", "X-Forwarded-For", "192.0.2.1").statusCode())
          .isEqualTo(401);
    }
  }

  private static HttpResponse<byte[]> get(TestServer server, String address, String token)
      throws Exception {
    return server.get(
        "/api/v1/model", "X-Forwarded-For", address, "Authorization", "Bearer " + token);
  }

  private static String answer(Socket socket) throws IOException {
    write(socket, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return read(socket);
  }

  private static String read(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    int next;
    while (!answer.toString().endsWith("}") && (next = socket.getInputStream().read()) >= 0) {
      answer.append((char) next);
    }
    return answer.toString();
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
