package dev.deltadepth.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Renders the description of the API as a page without scripts. */
final class ApiPage {
  private final JsonNode description;
  private final String origin;
  private final StringBuilder html = new StringBuilder();

  /**
   * Renders a page.
   *
   * @param description the OpenAPI document
   * @param origin the server's address as the reader sees it, for the examples
   */
  ApiPage(JsonNode description, String origin) {
    this.description = description;
    this.origin = origin;
  }

  String html() {
    JsonNode info = description.get("info");
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    element("title", text(info, "title") + " API");
    html.append("<link rel=\"stylesheet\" href=\"/api/style.css\">\n</head>\n<body>\n<main>\n");
    element("h1", text(info, "title") + " API");
    element("p", text(info, "description"));
    html.append("<p>For programs: <a href=\"/openapi.json\">openapi.json</a></p>\n");
    if (description.has("security")) {
      element("p", "A token is required: send the header Authorization: Bearer TOKEN.");
    }
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        operation(path.getKey(), operation.getKey(), operation.getValue());
      }
    }
    html.append("</main>\n</body>\n</html>\n");
    return html.toString();
  }

  private void operation(String path, String method, JsonNode operation) {
    html.append("<section>\n");
    element("h2", text(operation, "summary"));
    html.append("<p class=\"path\"><span class=\"method\">")
        .append(escape(method.toUpperCase(Locale.ROOT)))
        .append("</span>")
        .append(escape(path))
        .append("</p>\n");
    if (operation.has("description")) {
      element("p", text(operation, "description"));
    }
    element("h3", "Example");
    element("pre", text(operation, "x-example").replace("ORIGIN", origin));
    if (operation.has("parameters")) {
      element("h3", "Parameters");
      html.append("<dl>\n");
      operation.get("parameters").forEach(this::parameter);
      html.append("</dl>\n");
    }
    element("h3", "Responses");
    html.append("<dl>\n");
    for (Map.Entry<String, JsonNode> response : operation.get("responses").properties()) {
      element("dt", response.getKey());
      element("dd", text(response.getValue(), "description"));
    }
    html.append("</dl>\n</section>\n");
  }

  private void parameter(JsonNode given) {
    JsonNode parameter =
        given.has("$ref") ? description.at(text(given, "$ref").substring(1)) : given;
    element("dt", text(parameter, "name"));
    html.append("<dd>").append(escape(text(parameter, "description")));
    html.append(" <span class=\"values\">").append(escape(values(parameter.get("schema"))));
    html.append("</span></dd>\n");
  }

  private static String values(JsonNode schema) {
    if (schema.has("enum")) {
      List<String> values = new ArrayList<>();
      schema.get("enum").forEach(value -> values.add(value.asText()));
      return String.join(", ", values);
    }
    if (schema.has("pattern")) {
      return "";
    }
    return schema.get("minimum").asText() + " to " + schema.get("maximum").asText();
  }

  private void element(String name, String content) {
    html.append('<').append(name).append('>').append(escape(content));
    html.append("</").append(name).append(">\n");
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
