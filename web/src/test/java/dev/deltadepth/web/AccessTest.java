package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** axe-core finds nothing to complain about on any screen. */
final class AccessTest extends ChromiumStage {
  private static final Path AXE = Path.of("target/npm/node_modules/axe-core/axe.min.js");

  private final List<String> found = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "LIGHT, false, 390, 844",
    "DARK, false, 1280, 800",
    "DARK, true, 390, 844",
    "LIGHT, true, 1280, 800"
  })
  void noScreenKeepsAnybodyOut(ColorScheme scheme, boolean arabic, int width, int height)
      throws IOException {
    found.clear();
    chromium.prefers(scheme);
    chromium.resize(width, height);
    openApp(otherServer());
    String axe = Files.readString(AXE);
    chromium.value("(() => { " + axe + "; return true; })()");
    if (arabic) {
      chromium.click("language");
    }
    check("start");
    chromium.choose("file", Files.writeString(folder.resolve("no.png"), "no picture"));
    chromium.awaitShown("problem");
    check("problem");
    estimatePhoto();
    check("result with its hint");
    chromium.click("hint-close");
    chromium.press("view", "ArrowDown");
    check("reading");
    for (String tool : List.of("focus", "glasses", "relief", "distance")) {
      chromium.click("tool-" + tool);
      if (tool.equals("distance")) {
        chromium.click("distance-length");
        chromium.press("view", "Enter");
        chromium.press("view", "Enter");
        chromium.awaitShown("distance-form");
      } else if (tool.equals("relief")) {
        chromium.awaitShown("relief");
      }
      check(tool);
    }
    chromium.click("tool-distance");
    chromium.click("view-side");
    chromium.click("timing");
    check("side by side, details");
    chromium.click("save");
    chromium.awaitShown("sheet");
    check("sheet");
    chromium.click("sheet-close");
    chromium.await("the sheet is closed", () -> !chromium.isShown("sheet"));
    chromium.click("again");
    chromium.choose(
        "file", Files.write(folder.resolve("portrait.jpg"), Pictures.withDepth(Pictures.street())));
    chromium.awaitShown("maps");
    chromium.click("map-phone");
    check("the phone's own depth");
    chromium.click("again");
    chromium.awaitShown("recent");
    check("last photos");
    chromium.click("live");
    chromium.await("maps come", () -> chromium.isShown("rate"));
    check("live");
    chromium.click("live-close");
    chromium.awaitShown("start");
    openFilm();
    check("film");
    chromium.click("film-begin");
    chromium.awaitShown("film-stop");
    check("film at work");
    chromium.awaitShown("film-save");
    check("clip");
    chromium.click("again");
    chromium.awaitShown("start");
    assertThat(found).isEmpty();
  }

  private void check(String screen) {
    Object violations =
        chromium.value(
            """
            axe.run(document, { resultTypes: ['violations'] }).then(result =>
                result.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') +
                    ' (' + n.any.concat(n.all, n.none).map(c => c.message).join('; ') + ')').join(' | '))
                    .join('\\n'))
            """);
    if (!violations.equals("")) {
      found.add(screen + ": " + violations);
    }
  }
}
