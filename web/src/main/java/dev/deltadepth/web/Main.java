package dev.deltadepth.web;

import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.engine.DepthWorker;
import dev.deltadepth.web.page.Page;

/** Entry point of page and worker: the page has a document, the worker does not. */
public final class Main {

  private Main() {}

  /** Starts the page or the worker. */
  public static void main(String[] arguments) {
    if (Browser.hasDocument()) {
      new Page().start();
    } else {
      new DepthWorker().start();
    }
  }
}
