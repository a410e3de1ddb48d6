package dev.deltadepth.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.server.http.StaticFile;
import dev.deltadepth.server.page.ApiPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of the API (OpenAPI 3.1) and the page generated from it. */
final class OpenApi {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode tree;
  private final StaticFile document;
  private final StaticFile style;

  /**
   * Completes the description.
   *
   * @param options whether a token is required, whether videos are taken, and whether there is a
   *     certificate or an app to download
   */
  OpenApi(ServerOptions options) {
    try {
      tree = (ObjectNode) MAPPER.readTree(resource("openapi.json"));
      if (options.token().isPresent()) {
        tree.putArray("security").addObject().putArray("token");
      }
      if (options.jobs().any()) {
        ObjectNode jobs = (ObjectNode) MAPPER.readTree(resource("openapi-jobs.json"));
        ((ObjectNode) tree.get("paths")).setAll((ObjectNode) jobs.get("paths"));
        ((ObjectNode) tree.get("components")).set("parameters", jobs.get("parameters"));
        ((ObjectNode) tree.get("components").get("schemas"))
            .setAll((ObjectNode) jobs.get("schemas"));
      }
      if (options.certificate().flatMap(ServerCertificate::authority).isPresent()) {
        addPaths("openapi-certificate.json");
      }
      if (options.android().isPresent()) {
        addPaths("openapi-android.json");
      }
      tree.get("paths").forEach(path -> path.forEach(OpenApi::addCommon));
      document =
          StaticFile.of(
              MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree), "application/json");
      style = StaticFile.of(resource("api.css"), "text/css; charset=utf-8");
    } catch (IOException e) {
      throw new UncheckedIOException("the description of the API is damaged; build again", e);
    }
  }

  private void addPaths(String name) throws IOException {
    ((ObjectNode) tree.get("paths")).setAll((ObjectNode) MAPPER.readTree(resource(name)));
  }

  /** What every operation may answer. */
  private static void addCommon(JsonNode operation) {
    ObjectNode responses = (ObjectNode) operation.get("responses");
    if (!operation.has("security")) {
      addProblem(responses, "429", "Too many wrong tokens came from this address.");
    }
    addProblem(responses, "400", "The request is not valid HTTP, or there is a parameter.");
    addProblem(responses, "405", "The path needs another method, see Allow.");
    addProblem(responses, "414", "The address is too long.");
    addProblem(responses, "421", "The server does not go by the name that was asked for.");
    addProblem(responses, "431", "The headers are too long.");
    addProblem(responses, "500", "An error of the server; its log has the request's id.");
  }

  private static void addProblem(ObjectNode responses, String status, String description) {
    if (!responses.has(status)) {
      responses
          .putObject(status)
          .put("$ref", "#/components/responses/Problem")
          .put("description", description);
    }
  }

  StaticFile document() {
    return document;
  }

  /** The page for readers who use an origin such as http://127.0.0.1:8080. */
  StaticFile page(String origin) {
    return new ApiPage(tree, origin).file();
  }

  StaticFile style() {
    return style;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = OpenApi.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is missing");
      }
      return in.readAllBytes();
    }
  }
}
