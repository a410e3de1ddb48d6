package dev.deltadepth.web;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The app in WebKitGTK. */
@Tag("browser")
@Tag("webkit")
final class WebKitTest extends AppTest {
  private WebKit webKit;

  @BeforeAll
  void launch() throws IOException {
    webKit = new WebKit();
  }

  @AfterAll
  void quit() {
    webKit.close();
  }

  @Override
  TestBrowser browser() {
    return webKit;
  }
}
