package dev.deltadepth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.server.AppFiles.Found;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppFilesTest {
  private static final String SCRIPT = "app.0123abcd4567.js";

  @TempDir Path folder;
  private AppFiles files;

  @BeforeEach
  void write() throws IOException {
    Path app = Files.createDirectories(folder.resolve("classes").resolve(AppFiles.FOLDER));
    Files.writeString(app.resolve("index.html"), "<!doctype html>");
    Files.writeString(app.resolve("sw.js"), "// worker");
    Files.writeString(app.resolve(SCRIPT), "plain");
    Files.write(app.resolve(SCRIPT + ".gz"), gzip("plain"));
    Files.writeString(app.resolve(SCRIPT + ".br"), "brotli");
    Files.writeString(Files.createDirectories(app.resolve("icons")).resolve("a.svg"), "<svg/>");
    Files.writeString(folder.resolve("classes/secret.txt"), "secret");
    URL[] classPath = {folder.resolve("classes").toUri().toURL()};
    files = new AppFiles(new URLClassLoader(classPath, null));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private Found found(String path, String acceptEncoding) {
    return files.find(path, Optional.of(acceptEncoding)).orElseThrow();
  }

  @Test
  void theSmallestCodingThatIsAcceptedIsSent() {
    assertThat(found(SCRIPT, "gzip, deflate, br").coding()).contains("br");
    assertThat(found(SCRIPT, "gzip").coding()).contains("gzip");
    assertThat(found(SCRIPT, "br;q=0, gzip").coding()).contains("gzip");
    assertThat(found(SCRIPT, "identity").coding()).isEmpty();
    assertThat(files.find(SCRIPT, Optional.empty()).orElseThrow().coding()).isEmpty();
    assertThat(found("sw.js", "br, gzip").coding()).isEmpty();
  }

  @Test
  void onlyNamesWithAHashAreKeptForever() {
    assertThat(found(SCRIPT, "br").immutable()).isTrue();
    assertThat(found("", "br").immutable()).isFalse();
    assertThat(found("sw.js", "br").immutable()).isFalse();
  }

  @Test
  void filesInFoldersAreFoundAndFoldersAreNot() {
    assertThat(found("icons/a.svg", "").file().mediaType()).isEqualTo("image/svg+xml");
    for (String path :
        new String[] {
          "icons",
          "icons/",
          "../secret.txt",
          "x/../../secret.txt",
          "/index.html",
          "icons//a.svg",
          "..",
          ".",
          "index.html/",
          "index.html\0.js",
          "..\\secret.txt",
          SCRIPT + ".br"
        }) {
      assertThat(files.find(path, Optional.empty())).as(path).isEmpty();
    }
  }

  @Test
  void theServerSendsThemWithTheirHeaders() throws Exception {
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults(), files)) {
      HttpResponse<byte[]> index = server.get("/");
      assertThat(TestServer.text(index)).isEqualTo("<!doctype html>");
      assertThat(index.headers().firstValue("Content-Type").orElse("").replace(" ", ""))
          .isEqualToIgnoringCase("text/html;charset=utf-8");
      assertThat(index.headers().firstValue("Cache-Control")).contains("no-cache");
      HttpResponse<byte[]> script = server.get("/" + SCRIPT, "Accept-Encoding", "gzip");
      assertThat(script.headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(script.headers().allValues("Vary")).containsExactly("Accept-Encoding");
      assertThat(script.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
      assertThat(new GZIPInputStream(new ByteArrayInputStream(script.body())).readAllBytes())
          .isEqualTo("plain".getBytes(StandardCharsets.UTF_8));
      String etag = index.headers().firstValue("ETag").orElseThrow();
      assertThat(server.get("/", "If-None-Match", etag).statusCode()).isEqualTo(304);
      assertThat(server.get("/nothing.js").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void withoutAnAppThereIsTheDescription() throws Exception {
    AppFiles none = new AppFiles(new URLClassLoader(new URL[0], null));
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults(), none)) {
      HttpResponse<byte[]> response = server.get("/");
      assertThat(response.statusCode()).isEqualTo(302);
      assertThat(response.headers().firstValue("Location")).contains("/api");
    }
  }
}
