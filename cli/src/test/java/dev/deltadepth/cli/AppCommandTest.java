package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.deltadepth.cli.Command.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppCommandTest {
  /** Of the build, which may lack it: then the command says so. */
  private static final boolean HAS_APP =
      AppCommandTest.class.getResource("/dev/deltadepth/web/app/index.html") != null;

  /** Opens the sample as soon as the model is there, and tells the server what came of it. */
  private static final String TRY_SAMPLE =
      """

      const looking = setInterval(() => {
        const loading = document.getElementById('loading');
        const timing = document.getElementById('timing').innerText;
        if (timing.includes('on this device')) {
          clearInterval(looking);
          fetch('said-' + document.getElementById('view').width);
        } else if (loading.hidden && !document.getElementById('start').hidden) {
          document.getElementById('sample').click();
        }
      }, 1000);
      """;

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html",
          "js", "text/javascript",
          "css", "text/css",
          "svg", "image/svg+xml",
          "wasm", "application/wasm",
          "webmanifest", "application/manifest+json");

  @TempDir Path folder;

  @Test
  void theFilesAreThoseOfTheServer() throws IOException {
    Path site = folder.resolve("new/site");
    Run run = delta("app", "-o", site);
    if (!HAS_APP) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("install npm");
      return;
    }
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    for (String name : List.of("index.html", "app.js", "app.js.br", "sw.js", "delta.onnx")) {
      try (var in = AppCommandTest.class.getResourceAsStream("/dev/deltadepth/web/app/" + name)) {
        assertThat(site.resolve(name)).hasBinaryContent(in.readAllBytes());
      }
    }
    try (var files = Files.list(site)) {
      assertThat(run.out()).isEqualTo(site + ": " + files.count() + " files\n");
    }
    assertThat(Files.readString(site.resolve("_headers")))
        .startsWith("/*\n  Content-Security-Policy: default-src 'none'; script-src 'self'")
        .contains("\n  Cache-Control: no-cache\n");
    // Again into the same folder.
    assertThat(delta("app", "-o", site).exitCode()).isZero();
  }

  @Test
  void aFileInTheWayIsSaid() throws IOException {
    Run run = delta("app", "-o", Files.writeString(folder.resolve("file"), "text"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).containsAnyOf("cannot create the folder", "install npm");
  }

  /** A host that knows nothing of the app, and one that sends the headers. */
  @Tag("browser")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPlainHostOfFilesIsEnough(boolean withHeaders) throws Exception {
    Path site = folder.resolve("site");
    if (delta("app", "-o", site).exitCode() != 0) {
      assertThat(HAS_APP).isFalse();
      return;
    }
    Files.writeString(site.resolve("start.js"), TRY_SAMPLE, StandardOpenOption.APPEND);
    List<String[]> headers =
        Files.readAllLines(site.resolve("_headers")).stream()
            .skip(1)
            .map(line -> line.strip().split(": ", 2))
            .toList();
    CompletableFuture<String> said = new CompletableFuture<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer host =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    host.setExecutor(threads);
    host.createContext(
        "/", exchange -> answer(exchange, site, withHeaders ? headers : List.of(), said));
    host.start();
    Process browser = browser("http://localhost:" + host.getAddress().getPort() + "/");
    try {
      assertThat(said.get(3, TimeUnit.MINUTES)).matches("said-[1-9][0-9]+");
    } finally {
      List<ProcessHandle> children = browser.descendants().toList();
      browser.destroy();
      children.forEach(ProcessHandle::destroy);
      browser.onExit().join();
      host.stop(0);
      threads.shutdownNow();
    }
  }

  private Process browser(String address) throws IOException {
    return new ProcessBuilder(
            "/usr/bin/chromium",
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + folder.resolve("profile"),
            address)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void answer(
      HttpExchange exchange, Path site, List<String[]> headers, CompletableFuture<String> said)
      throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(1);
      Path file = site.resolve(name.isEmpty() ? "index.html" : name);
      if (!Files.isRegularFile(file)) {
        if (name.startsWith("said-")) {
          said.complete(name);
        }
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      headers.forEach(header -> exchange.getResponseHeaders().set(header[0], header[1]));
      String ending = file.toString().substring(file.toString().lastIndexOf('.') + 1);
      exchange
          .getResponseHeaders()
          .set("Content-Type", TYPES.getOrDefault(ending, "application/octet-stream"));
      byte[] bytes = Files.readAllBytes(file);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
