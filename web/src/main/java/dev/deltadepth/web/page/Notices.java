package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;

/** Messages to the user: problems at the top of the page, short notices at the bottom. */
final class Notices {
  private static final int SHOWN = 5000;

  private final Appearance appearance;
  private int timer;
  private Runnable offered = () -> {};

  Notices(Appearance appearance) {
    this.appearance = appearance;
  }

  void start() {
    Dom.onClick("problem-close", this::solved);
    Dom.onClick("notice-action", () -> offered.run());
  }

  /** Shows what went wrong and what to do, until it is closed. */
  void problem(Text title, Text advice, Object... arguments) {
    Dom.text("problem-title", appearance.text(title));
    Dom.text("problem-text", appearance.text(advice, arguments));
    Dom.show("problem", true);
    Dom.id("problem").scrollIntoView();
  }

  /** Shows that something could not be made. */
  void failed(String reason) {
    if (Browser.isMemoryShort(reason)) {
      problem(Text.MEMORY_SHORT, Text.MEMORY_SHORT_DO);
    } else {
      problem(Text.ESTIMATE_FAILED, Text.ESTIMATE_FAILED_DO);
    }
  }

  /** Hides the problem. */
  void solved() {
    Dom.show("problem", false);
  }

  /** Shows a notice for a few seconds. */
  void notice(Text text, Object... arguments) {
    show(text, arguments);
    Dom.show("notice-action", false);
    timer = Browser.later(() -> Dom.show("notice", false), SHOWN);
  }

  /** Hides a notice before its time. */
  void quiet() {
    Browser.cancel(timer);
    Dom.show("notice", false);
  }

  /** Shows a notice with an action until the user runs it. */
  void offer(Text text, Text action, Runnable done) {
    show(text);
    Dom.text("notice-action", appearance.text(action));
    Dom.show("notice-action", true);
    offered = done;
  }

  private void show(Text text, Object... arguments) {
    Browser.cancel(timer);
    Dom.text("notice-text", appearance.text(text, arguments));
    Dom.show("notice", true);
  }
}
