package dev.deltadepth.web;

import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.engine.DepthWorker;
import dev.deltadepth.web.page.Page;

/** The start of both: the page where there is a document, the worker where there is none. */
public final class Main {

  private Main() {}

  /** Starts the role that fits the place. */
  public static void main(String[] arguments) {
    if (Browser.hasDocument()) {
      new Page().start();
    } else {
      new DepthWorker().start();
    }
  }
}
