package dev.deltadepth.web.browser;

import dev.deltadepth.core.DeltaException;

/** An error in the app. The message is for developers; users see texts of the page. */
public final class WebException extends DeltaException {
  private static final long serialVersionUID = 1;

  public WebException(String message) {
    super(message);
  }
}
