package dev.deltadepth.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The system's Chromium, driven by Playwright; its camera plays a file. */
final class Chromium extends TestBrowser {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");

  private final Playwright playwright;
  private final List<String> complaints = new ArrayList<>();
  private final Page page;

  /**
   * A browser with a camera that plays that film, or one that refuses its camera.
   *
   * @param more flags of a test's own
   */
  Chromium(Path film, boolean refuses, String... more) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--use-fake-device-for-media-stream",
                "--use-file-for-fake-video-capture=" + film));
    flags.addAll(List.of(more));
    flags.add(refuses ? "--deny-permission-prompts" : "--use-fake-ui-for-media-stream");
    Browser browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(PROGRAM).setArgs(flags));
    Browser.NewContextOptions options =
        new Browser.NewContextOptions().setViewportSize(1280, 800).setLocale("en-GB");
    page = browser.newContext(options).newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            complaints.add(message.text());
          }
        });
  }

  /** Uncaught errors of the page, and what its policy forbade, since this was asked last. */
  List<String> complaints() {
    List<String> since = List.copyOf(complaints);
    complaints.clear();
    return since;
  }

  Page page() {
    return page;
  }

  void prefers(ColorScheme scheme) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
  }

  @Override
  void open(String address) {
    page.navigate(address);
  }

  @Override
  void reload() {
    page.reload();
  }

  @Override
  Object value(String expression) {
    return page.evaluate(expression);
  }

  @Override
  void click(String id) {
    page.click("#" + id);
  }

  @Override
  void press(String id, String key) {
    page.focus("#" + id);
    page.keyboard().press(key);
  }

  @Override
  void choose(String id, Path file) {
    page.setInputFiles("#" + id, file);
  }

  @Override
  void resize(int width, int height) {
    page.setViewportSize(width, height);
  }

  @Override
  Saved saved(Runnable action) {
    Download download = page.waitForDownload(action);
    try {
      return new Saved(download.suggestedFilename(), Files.readAllBytes(download.path()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void screenshot(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
