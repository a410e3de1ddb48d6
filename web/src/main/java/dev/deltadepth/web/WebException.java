package dev.deltadepth.web;

/** What the app could not do; the message is for whoever maintains it, the page has its own. */
final class WebException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WebException(String message) {
    super(message);
  }
}
