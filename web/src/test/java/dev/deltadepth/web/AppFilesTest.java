package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the build puts into the jar. */
class AppFilesTest {

  /** iOS 12 and Android 8 know the language of 2018, and not all of that. */
  @Tag("app")
  @ParameterizedTest
  @ValueSource(strings = {"app.js", "ort.js", "old.js", "worker.js", "start.js", "sw.js"})
  void scriptsAreWrittenInTheLanguageOfOldBrowsers(String name)
      throws IOException, InterruptedException {
    Path script = Path.of("target/classes/dev/deltadepth/web/app").resolve(name);
    node("target/npm/node_modules/acorn/bin/acorn", "--ecma2017", "--silent", script.toString());
  }

  /** Safari before 14.1 knows none; lowering the file again changes nothing. */
  @Tag("app")
  @Test
  void thePlainRuntimeHasNoSignExtensions() throws IOException, InterruptedException {
    node(
        "--input-type=module",
        "--eval",
        """
        import { readFileSync } from 'node:fs';
        import { withoutSignExtensions } from './target/npm/lower.mjs';
        const app = readFileSync('target/classes/dev/deltadepth/web/app/ort-wasm.wasm');
        const npm = readFileSync('target/npm/node_modules/onnxruntime-web/dist/ort-wasm.wasm');
        if (!WebAssembly.validate(app)) throw new Error('not valid');
        if (!withoutSignExtensions(app).equals(app)) throw new Error('it has some');
        if (app.length <= npm.length) throw new Error('it is not lowered');
        """);
  }

  private static void node(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Tag("app")
  @ParameterizedTest
  @ValueSource(strings = {"app.js", "ort-wasm-simd.wasm", "index.html", "app.css"})
  void compressedNeighboursHoldTheSame(String name) throws IOException {
    byte[] plain = AppServer.resource(name);
    byte[] packed = AppServer.resource(name + ".gz");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
        .isEqualTo(plain);
    assertThat(AppServer.resource(name + ".br").length).isBetween(1, packed.length);
  }

  @Tag("app")
  @Test
  void theServiceWorkerKnowsEveryFile() throws IOException {
    String worker = new String(AppServer.resource("sw.js"), StandardCharsets.UTF_8);
    assertThat(worker).containsPattern("delta-[0-9a-f]{16}").doesNotContain("FILES'");
    for (String name :
        new String[] {
          "app.css",
          "app.js",
          "delta.onnx",
          "icon-192.png",
          "graphics.js",
          "index.html",
          "ort-graphics.js",
          "ort-graphics.wasm",
          "ort-threads.js",
          "ort-wasm.wasm"
        }) {
      assertThat(worker).contains("'" + name + "'");
    }
  }

  @Tag("app")
  @Test
  void theManifestNamesFilesThatAreThere() throws IOException {
    JsonNode manifest = new ObjectMapper().readTree(AppServer.resource("manifest.webmanifest"));
    for (JsonNode source : manifest.findValues("src")) {
      assertThat(AppServer.resource(source.asText())).as(source.asText()).isNotEmpty();
    }
    assertThat(manifest.at("/share_target/params/files/0/accept").toString())
        .isEqualTo("[\"image/*\",\"video/*\"]");
    assertThat(manifest.at("/file_handlers/0/accept").has("video/mp4")).isTrue();
    String worker = new String(AppServer.resource("sw.js"), StandardCharsets.UTF_8);
    assertThat(manifest.at("/share_target/action").asText()).isEqualTo("./share");
    assertThat(worker)
        .contains("'share'")
        .contains("get('" + manifest.at("/share_target/params/files/0/name").asText() + "')");
  }

  @ParameterizedTest
  @ValueSource(strings = {"icon-180", "icon-192", "icon-512", "icon-maskable"})
  void iconsAreWhatThePainterDraws(String name) throws IOException {
    BufferedImage committed =
        ImageIO.read(Files.newInputStream(Path.of("src/main/app", name + ".png")));
    BufferedImage painted = IconPainter.paint(name);
    assertThat(committed.getWidth()).isEqualTo(painted.getWidth());
    for (int i = 0; i < painted.getWidth(); i += 3) {
      Color a = new Color(committed.getRGB(i, i / 2 + 20));
      Color b = new Color(painted.getRGB(i, i / 2 + 20));
      assertThat(Math.abs(a.getRed() - b.getRed())).isLessThan(60);
    }
  }
}
