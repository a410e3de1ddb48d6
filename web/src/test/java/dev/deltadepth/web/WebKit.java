package dev.deltadepth.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.MutableCapabilities;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.remote.RemoteWebDriver;

/** WebKitGTK's MiniBrowser under Xvfb, the nearest there is to Safari; its camera is a mock. */
final class WebKit extends TestBrowser {
  private static final Map<String, CharSequence> KEYS =
      Map.of(
          "ArrowLeft", Keys.ARROW_LEFT,
          "ArrowRight", Keys.ARROW_RIGHT,
          "ArrowUp", Keys.ARROW_UP,
          "ArrowDown", Keys.ARROW_DOWN,
          "Home", Keys.HOME,
          "End", Keys.END,
          "Enter", Keys.ENTER,
          "Escape", Keys.ESCAPE);

  private final Process display;
  private final Process service;
  private final RemoteWebDriver driver;

  WebKit() throws IOException {
    display =
        new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String number =
        new BufferedReader(
                new InputStreamReader(display.getInputStream(), StandardCharsets.US_ASCII))
            .readLine();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    ProcessBuilder builder =
        new ProcessBuilder("dbus-run-session", "--", "/usr/bin/WebKitWebDriver", "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("DISPLAY", ":" + number);
    builder.environment().put("LANGUAGE", "en");
    service = builder.start();
    awaitPort(port);
    MutableCapabilities capabilities = new MutableCapabilities();
    capabilities.setCapability("browserName", "MiniBrowser");
    capabilities.setCapability(
        "webkitgtk:browserOptions",
        Map.of(
            "binary", browser().toString(),
            "args",
                List.of(
                    "--automation",
                    "--enable-media-stream=true",
                    "--enable-mock-capture-devices=true")));
    driver = new RemoteWebDriver(URI.create("http://127.0.0.1:" + port).toURL(), capabilities);
  }

  /** MiniBrowser lies in a folder of the library, beside the version of its interface. */
  private static Path browser() throws IOException {
    try (var found =
        Files.find(
            Path.of("/usr/lib"),
            4,
            (path, attributes) -> path.getFileName().toString().equals("MiniBrowser"))) {
      return found
          .findFirst()
          .orElseThrow(() -> new IOException("no MiniBrowser; install webkit2gtk-driver"));
    }
  }

  private static void awaitPort(int port) throws IOException {
    for (int i = 0; ; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (i > 100) {
          throw e;
        }
        try {
          Thread.sleep(100);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }

  @Override
  void open(String address) {
    driver.get(address);
  }

  @Override
  void reload() {
    driver.navigate().refresh();
  }

  @Override
  Object value(String expression) {
    return driver.executeScript("return (" + expression + ");");
  }

  @Override
  void click(String id) {
    // Out from under what stays at the window's edges; the driver only sees that it is in the
    // window.
    driver.executeScript(
        "document.getElementById(arguments[0]).scrollIntoView({block: 'nearest'})", id);
    driver.findElement(By.id(id)).click();
  }

  @Override
  void press(String id, String key) {
    driver.findElement(By.id(id)).sendKeys(KEYS.getOrDefault(key, key));
  }

  @Override
  void choose(String id, Path file) {
    driver.findElement(By.id(id)).sendKeys(file.toString());
  }

  @Override
  void resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  /** WebDriver knows no downloads: what the page hands to the browser is taken from it instead. */
  @Override
  Saved saved(Runnable action) {
    driver.executeScript(
        """
        window.taken = null;
        var click = HTMLAnchorElement.prototype.click, createObjectURL = URL.createObjectURL;
        window.giveBack = function() {
          HTMLAnchorElement.prototype.click = click;
          URL.createObjectURL = createObjectURL;
        };
        HTMLAnchorElement.prototype.click = function() { window.takenName = this.download; };
        URL.createObjectURL = function(blob) {
          var reader = new FileReader();
          reader.onload = function() { window.taken = reader.result.split(',')[1]; };
          reader.readAsDataURL(blob);
          return 'about:blank';
        };
        """);
    action.run();
    await("a file is saved", () -> value("window.taken") != null);
    // Photos that are opened later need addresses, too.
    value("window.giveBack()");
    return new Saved(
        String.valueOf(value("window.takenName")),
        Base64.getDecoder().decode(String.valueOf(value("window.taken"))));
  }

  @Override
  void screenshot(Path file) {
    try {
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      driver.quit();
    } finally {
      service.descendants().forEach(ProcessHandle::destroy);
      service.destroy();
      display.destroy();
    }
  }
}
