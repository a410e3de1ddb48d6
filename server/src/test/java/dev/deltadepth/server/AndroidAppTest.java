package dev.deltadepth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.server.http.ServerException;
import dev.deltadepth.server.page.AndroidApp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AndroidAppTest {
  private static final String[] APP = {
    "AndroidManifest.xml", "classes.dex", "lib/arm64-v8a/libonnxruntime.so", "lib/x86_64/liba.so"
  };

  @TempDir Path folder;

  @Test
  void phonesGetTheFileAndAPageThatTellsHow() throws Exception {
    byte[] apk = zip(APP);
    AndroidApp app = AndroidApp.read(Files.write(folder.resolve("app.apk"), apk));
    assertThat(app.processors()).containsExactly("arm64-v8a", "x86_64");
    ServerOptions options = ServerOptions.defaults().withToken("t").withAndroid(app);
    try (TestServer server = TestServer.start(folder, options)) {
      HttpResponse<byte[]> file = server.get("/android/delta.apk");
      assertThat(file.body()).isEqualTo(apk);
      assertThat(file.headers().firstValue("Content-Type"))
          .contains("application/vnd.android.package-archive");
      HttpResponse<byte[]> part = server.get("/android/delta.apk", "Range", "bytes=2-5");
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).isEqualTo(Arrays.copyOfRange(apk, 2, 6));
      String page = TestServer.text(server.get("/android"));
      assertThat(page)
          .contains("href=\"/android/delta.apk\"", "0.0 MB", "arm64-v8a or x86_64")
          .contains(Sha256.of(apk))
          .contains("this machine only")
          .doesNotContain("<svg", "style=", "<script");
      String described = TestServer.text(server.get("/openapi.json"));
      assertThat(described).contains("\"/android\"", "\"/android/delta.apk\"");
    }
  }

  @Test
  void withoutAnAppThereIsNoPage() throws Exception {
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults())) {
      assertThat(server.get("/android").statusCode()).isEqualTo(404);
      assertThat(server.get("/android/delta.apk").statusCode()).isEqualTo(404);
      assertThat(TestServer.text(server.get("/openapi.json"))).doesNotContain("/android");
    }
  }

  @Test
  void aReaderInTheNetworkScansTheAddressOfThePage() throws Exception {
    AndroidApp app = AndroidApp.read(Files.write(folder.resolve("app.apk"), zip(APP)));
    String page =
        new String(app.page("https://192.0.2.7:8443", false).content(), StandardCharsets.UTF_8);
    assertThat(page).contains("aria-label=\"QR code of this page\"").doesNotContain("only");
    assertThat(decoded(page)).isEqualTo("https://192.0.2.7:8443/android");
  }

  @Test
  void anAppForAllProcessorsNamesNone() throws Exception {
    Path apk = Files.write(folder.resolve("app.apk"), zip("AndroidManifest.xml", "classes.dex"));
    String page =
        new String(
            AndroidApp.read(apk).page("http://a.example", false).content(), StandardCharsets.UTF_8);
    assertThat(page).contains("Android 8 or newer.").doesNotContain("processor");
  }

  @Test
  void whatIsNoAppIsRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("text.apk"), "not a zip");
    Path other = Files.write(folder.resolve("other.apk"), zip("AndroidManifest.xml"));
    for (Path file : List.of(text, other)) {
      assertThatThrownBy(() -> AndroidApp.read(file))
          .isInstanceOf(ServerException.class)
          .hasMessage(
              file + " is no app for Android: it has no AndroidManifest.xml and classes.dex");
    }
    Path missing = folder.resolve("missing.apk");
    assertThatThrownBy(() -> AndroidApp.read(missing))
        .isInstanceOf(ServerException.class)
        .hasMessage("cannot read " + missing + "; give the APK that phones are to get");
    assertThatThrownBy(() -> AndroidApp.read(Path.of("/dev/null")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("/dev/null is a pipe, a socket or a device");
  }

  private static String decoded(String page) throws Exception {
    Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+) \\1\"").matcher(page);
    assertThat(box.find()).isTrue();
    // Without the two light modules on each side.
    int size = Integer.parseInt(box.group(1)) - 4;
    BitMatrix modules = new BitMatrix(size);
    Matcher module = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(page);
    while (module.find()) {
      modules.set(Integer.parseInt(module.group(1)) - 2, Integer.parseInt(module.group(2)) - 2);
    }
    return new Decoder().decode(modules).getText();
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
