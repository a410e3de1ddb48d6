package dev.deltadepth.server.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.deltadepth.server.http.StaticFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Renders the description of the API as a page without scripts. */
public final class ApiPage {
  private final JsonNode description;
  private final String origin;
  private final Page page;

  /**
   * Renders a page.
   *
   * @param description the OpenAPI document
   * @param origin the server's address as the reader sees it, for the examples
   */
  public ApiPage(JsonNode description, String origin) {
    this.description = description;
    this.origin = origin;
    this.page = new Page(text(description.get("info"), "title") + " API");
  }

  /** The page. */
  public StaticFile file() {
    page.element("p", text(description.get("info"), "description"));
    page.add("<p>For programs: <a href=\"/openapi.json\">openapi.json</a></p>\n");
    if (description.has("security")) {
      page.element("p", "A token is required: send the header Authorization: Bearer TOKEN.");
    }
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        operation(path.getKey(), operation.getKey(), operation.getValue());
      }
    }
    return page.file();
  }

  private void operation(String path, String method, JsonNode operation) {
    page.add("<section>\n");
    page.element("h2", text(operation, "summary"));
    page.add("<p class=\"path\"><span class=\"method\">")
        .add(Page.escape(method.toUpperCase(Locale.ROOT)))
        .add("</span>")
        .add(Page.escape(path))
        .add("</p>\n");
    if (operation.has("description")) {
      page.element("p", text(operation, "description"));
    }
    page.element("h3", "Example");
    page.element("pre", text(operation, "x-example").replace("ORIGIN", origin));
    if (operation.has("parameters")) {
      page.element("h3", "Parameters");
      page.add("<dl>\n");
      operation.get("parameters").forEach(this::parameter);
      page.add("</dl>\n");
    }
    page.element("h3", "Responses");
    page.add("<dl>\n");
    for (Map.Entry<String, JsonNode> response : operation.get("responses").properties()) {
      page.element("dt", response.getKey());
      page.element("dd", text(response.getValue(), "description"));
    }
    page.add("</dl>\n</section>\n");
  }

  private void parameter(JsonNode given) {
    JsonNode parameter =
        given.has("$ref") ? description.at(text(given, "$ref").substring(1)) : given;
    page.element("dt", text(parameter, "name"));
    page.add("<dd>").add(Page.escape(text(parameter, "description")));
    page.add(" <span class=\"values\">").add(Page.escape(values(parameter.get("schema"))));
    page.add("</span></dd>\n");
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

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
