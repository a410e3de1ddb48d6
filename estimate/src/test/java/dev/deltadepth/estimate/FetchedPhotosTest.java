package dev.deltadepth.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.deltadepth.io.FileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchedPhotosTest {
  private static final byte[] CONTENT = {1, 2, 3};

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private String address;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", FetchedPhotosTest::answer);
    server.setExecutor(threads);
    server.start();
    address = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int status = path.startsWith("/missing") ? 404 : 200;
    if (path.startsWith("/moved")) {
      exchange
          .getResponseHeaders()
          .add("Location", path.substring(6).isEmpty() ? "/a.jpg" : "file:///etc/hostname");
      status = 302;
    }
    exchange.sendResponseHeaders(status, CONTENT.length);
    exchange.getResponseBody().write(CONTENT);
    exchange.close();
  }

  private static FetchedPhotos photos() {
    return new FetchedPhotos(InputStream.nullInputStream());
  }

  @ParameterizedTest
  @CsvSource({
    "/room.jpg?size=1#x, room.jpg",
    "/a/r%20m.png, r_20m.png",
    "/, photo",
    "/.., photo",
    "/moved, moved"
  })
  void anAddressIsFetchedUnderItsName(String path, String name) throws Exception {
    Path file;
    try (FetchedPhotos photos = photos()) {
      PhotoFiles.Photo photo = photos.fetch(address + path);
      file = photo.file();
      assertThat(file.getFileName()).hasToString(name);
      assertThat(photo.shown()).isEqualTo(address + path);
      assertThat(photo.home()).isEqualTo(Path.of(""));
      assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
    }
    assertThat(file.getParent()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"/missing.jpg, answered 404", "/moved/to/a/file, answered 302"})
  void whatCannotBeFetchedIsSaid(String path, String reason) {
    try (FetchedPhotos photos = photos()) {
      assertThatThrownBy(() -> photos.fetch(address + path))
          .isInstanceOf(FileException.class)
          .hasMessageContaining(address + path)
          .hasMessageContaining(reason);
    }
  }

  /** Of a server that never ends, and of one that stops in the middle. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void sizeAndTimeAreLimited() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    server.createContext("/endless", exchange -> endless(exchange, over));
    server.createContext("/stops", exchange -> stops(exchange, over));
    try (FetchedPhotos photos = new FetchedPhotos(new Zeros(), 1 << 20, Duration.ofSeconds(3))) {
      assertThatThrownBy(() -> photos.fetch(address + "/endless"))
          .isInstanceOf(FileException.class)
          .hasMessage(address + "/endless is larger than 1 MB: make a smaller copy");
      assertThatThrownBy(() -> photos.fetch("-"))
          .isInstanceOf(FileException.class)
          .hasMessage("standard input is larger than 1 MB: make a smaller copy");
      assertThatThrownBy(() -> photos.fetch(address + "/stops"))
          .isInstanceOf(FileException.class)
          .hasMessage("cannot fetch " + address + "/stops: it takes more than 3 s");
    } finally {
      over.countDown();
    }
  }

  private static void endless(HttpExchange exchange, CountDownLatch over) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    while (over.getCount() > 0) {
      exchange.getResponseBody().write(new byte[1 << 16]);
    }
  }

  private static void stops(HttpExchange exchange, CountDownLatch over) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(CONTENT);
    exchange.getResponseBody().flush();
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** They never end. */
  private static final class Zeros extends InputStream {
    @Override
    public int read() {
      return 0;
    }
  }

  @Test
  void anAddressWithoutServerOrHostIsSaid() {
    try (FetchedPhotos photos = photos()) {
      assertThatThrownBy(() -> photos.fetch("http://127.0.0.1:1/a.jpg"))
          .isInstanceOf(FileException.class)
          .hasMessageStartingWith("cannot fetch http://127.0.0.1:1/a.jpg: ");
      assertThatThrownBy(() -> photos.fetch("http://a b/"))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("is not an address");
    }
  }

  @Test
  void standardInputIsAPhoto() throws Exception {
    try (FetchedPhotos photos = new FetchedPhotos(new ByteArrayInputStream(CONTENT))) {
      PhotoFiles.Photo photo = photos.fetch("-");
      assertThat(photo.shown()).isEqualTo("standard input");
      assertThat(Files.readAllBytes(photo.file())).isEqualTo(CONTENT);
    }
    assertThat(FetchedPhotos.isOne("-")).isTrue();
    assertThat(FetchedPhotos.isOne("HTTPS://x/y")).isTrue();
    assertThat(FetchedPhotos.isOne("file:///x")).isFalse();
    assertThat(FetchedPhotos.isOne("a-b.jpg")).isFalse();
  }
}
