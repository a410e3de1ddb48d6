package dev.deltadepth.server.page;

import dev.deltadepth.server.http.StaticFile;
import java.nio.charset.StandardCharsets;

/** A page without scripts, in the server's own style. */
final class Page {
  private final StringBuilder html = new StringBuilder();

  Page(String title) {
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    element("title", title);
    html.append("<link rel=\"stylesheet\" href=\"/api/style.css\">\n</head>\n<body>\n<main>\n");
    element("h1", title);
  }

  /** Adds markup as it is. */
  Page add(String markup) {
    html.append(markup);
    return this;
  }

  /** Adds an element that holds a text. */
  Page element(String name, String content) {
    html.append('<').append(name).append('>').append(escape(content));
    html.append("</").append(name).append(">\n");
    return this;
  }

  /** The finished page. */
  StaticFile file() {
    String whole = html + "</main>\n</body>\n</html>\n";
    return StaticFile.of(whole.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8");
  }

  /** A text as it stands in markup. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
