package dev.deltadepth.web.browser;

import dev.deltadepth.core.DeltaException;

/** What the app could not do; the message is for whoever maintains it, the page has its own. */
public final class WebException extends DeltaException {
  private static final long serialVersionUID = 1;

  public WebException(String message) {
    super(message);
  }
}
