package dev.deltadepth.web;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.opentest4j.AssertionFailedError;

/** A real browser with the app in it: what the tests do and see there. */
abstract class TestBrowser implements AutoCloseable {
  private static final int PATIENCE = 120_000;

  /** Goes to an address. */
  abstract void open(String address);

  /** Loads the page again. */
  abstract void reload();

  /** Evaluates a JavaScript expression. */
  abstract Object value(String expression);

  /** Clicks an element that can be seen. */
  abstract void click(String id);

  /** Presses a key while an element has the focus. */
  abstract void press(String id, String key);

  /** Chooses a file in an input. */
  abstract void choose(String id, Path file);

  /** The window's size in pixels. */
  abstract void resize(int width, int height);

  /** What the page saves when something is done: its name and bytes. */
  abstract Saved saved(Runnable action);

  /** What the page saves in a format of its sheet. */
  Saved savedAs(String format) {
    await("there is something to save", () -> !text("save").isEmpty() && isEnabled("save"));
    click("save");
    return saved(() -> click(format));
  }

  private boolean isEnabled(String id) {
    return Boolean.FALSE.equals(value("document.getElementById('" + id + "').disabled"));
  }

  /** Keeps a picture of the page. */
  abstract void screenshot(Path file);

  @Override
  public abstract void close();

  /** A saved file. */
  record Saved(String name, byte[] bytes) {}

  /** An element's text as it is seen. */
  String text(String id) {
    return String.valueOf(value("document.getElementById('" + id + "').innerText")).strip();
  }

  /** Whether an element can be seen. */
  boolean isShown(String id) {
    return Boolean.TRUE.equals(
        value("document.getElementById('" + id + "').getClientRects().length > 0"));
  }

  /** An element's attribute. */
  String attribute(String id, String name) {
    return String.valueOf(
        value("document.getElementById('" + id + "').getAttribute('" + name + "')"));
  }

  /** Waits until an element can be seen. */
  void awaitShown(String id) {
    await(id + " is shown", () -> isShown(id));
  }

  /** Waits until the model is there. */
  void awaitModel() {
    await("the model is ready", () -> !isShown("loading") && !isShown("problem"));
  }

  /** Waits until the photo's map is there. */
  void awaitMap() {
    await("the map is there", () -> text("timing").contains("·") && !isShown("processing"));
  }

  void await(String what, Supplier<Boolean> condition) {
    long end = System.nanoTime() + PATIENCE * 1_000_000L;
    while (!condition.get()) {
      if (System.nanoTime() > end) {
        throw new AssertionFailedError(
            "it did not come about that "
                + what
                + "; the page says: "
                + value("document.body.innerText"));
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionFailedError("interrupted", e);
      }
    }
  }
}
