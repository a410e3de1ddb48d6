package dev.deltadepth.web;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The stage in Chromium, for what only that is asked. */
@Tag("app")
@Tag("browser")
abstract class ChromiumStage extends AppStage {
  Chromium chromium;

  @BeforeAll
  void launch() throws IOException {
    Pictures.film(folder.resolve("film.mjpeg"));
    chromium = new Chromium(folder.resolve("film.mjpeg"), false, flags());
  }

  /** What the browser is started with beside the usual. */
  String[] flags() {
    return new String[0];
  }

  @AfterAll
  void quit() {
    chromium.close();
  }

  @Override
  TestBrowser browser() {
    return chromium;
  }
}
