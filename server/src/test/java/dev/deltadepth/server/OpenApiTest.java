package dev.deltadepth.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.core.Colormap;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description says what the server does. */
class OpenApiTest {
  @TempDir Path folder;
  private TestServer server;
  private JsonNode description;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.start(folder, ServerOptions.defaults().withToken("t"));
    description = new ObjectMapper().readTree(server.get("/openapi.json").body());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void itDescribesTheRoutesThereAre() {
    assertThat(description.get("openapi").asText()).isEqualTo("3.1.0");
    List<String> described = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        boolean guarded = !method.getValue().has("security");
        described.add(
            method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " " + guarded);
      }
    }
    List<String> served =
        server.server.routes().list().stream()
            // The page's style belongs to the page.
            .filter(route -> !route.path().equals("/api/style.css"))
            .map(route -> route.method() + " " + route.path() + " " + route.guarded())
            .toList();
    assertThat(described).containsExactlyInAnyOrderElementsOf(served);
    assertThat(description.get("security").get(0).has("token")).isTrue();
  }

  @Test
  void everyGetAnswersWithATypeThatIsDescribed() throws Exception {
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      JsonNode get = path.getValue().get("get");
      if (get == null || path.getKey().contains("{")) {
        continue; // What needs an id is in JobApiTest.
      }
      HttpResponse<byte[]> response = server.get(path.getKey(), "Authorization", "Bearer t");
      assertThat(response.statusCode()).as(path.getKey()).isEqualTo(200);
      String type = response.headers().firstValue("Content-Type").orElse("").split(";")[0];
      assertThat(get.get("responses").get("200").get("content").has(type))
          .as(path.getKey() + " gives " + type)
          .isTrue();
    }
  }

  @Test
  void theParametersOfDepthAreThoseThatAreTaken() throws Exception {
    JsonNode depth = description.get("paths").get("/api/v1/depth").get("post");
    List<String> names = new ArrayList<>();
    byte[] file = TestServer.png(TestServer.photo(40, 30), folder);
    for (JsonNode parameter : depth.get("parameters")) {
      String name = parameter.get("name").asText();
      names.add(name);
      JsonNode schema = parameter.get("schema");
      for (JsonNode value : schema.has("enum") ? schema.get("enum") : schema) {
        if (schema.has("enum") || value.isInt()) {
          String query = "?" + name + "=" + value.asText();
          HttpResponse<byte[]> response =
              server.post("/api/v1/depth" + query, file, "Authorization", "Bearer t");
          // The largest size may be too much for a photo, but it is a size.
          assertThat(response.statusCode()).as(query).isIn(200, 422);
          assertThat(response.statusCode() == 422).as(query).isEqualTo(query.equals("?size=2048"));
        }
      }
    }
    assertThat(names).containsExactly("format", "size", "colormap");
    JsonNode parameters = depth.get("parameters");
    assertThat(parameters.get(0).get("schema").get("enum"))
        .map(JsonNode::asText)
        .isEqualTo(MapFormat.labels());
    assertThat(parameters.get(2).get("schema").get("enum"))
        .map(JsonNode::asText)
        .isEqualTo(Colormap.names());
    JsonNode content = depth.get("responses").get("200").get("content");
    for (MapFormat format : MapFormat.values()) {
      assertThat(content.has(format.mediaType())).as(format.mediaType()).isTrue();
    }
  }

  @Test
  void theAnswersHaveTheFieldsThatAreDescribed() throws Exception {
    byte[] file = TestServer.png(TestServer.photo(40, 30), folder);
    String[] token = {"Authorization", "Bearer t"};
    assertHasFields("Map", server.post("/api/v1/depth?format=json", file, token));
    assertHasFields("Model", server.get("/api/v1/model", token));
    assertHasFields("Problem", server.get("/api/v1/model"));
  }

  private void assertHasFields(String schema, HttpResponse<byte[]> response) throws Exception {
    JsonNode described = description.get("components").get("schemas").get(schema);
    JsonNode given = new ObjectMapper().readTree(response.body());
    for (JsonNode required : described.get("required")) {
      assertThat(given.has(required.asText())).as(schema + "." + required).isTrue();
    }
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      JsonNode property = described.get("properties").get(field.getKey());
      assertThat(property).as(schema + "." + field.getKey()).isNotNull();
      if (property.has("const")) {
        assertThat(field.getValue()).isEqualTo(property.get("const"));
      }
    }
  }

  @Test
  void everyOperationSaysWhatAllMayAnswer() {
    for (JsonNode path : description.get("paths")) {
      for (JsonNode operation : path) {
        JsonNode responses = operation.get("responses");
        List<String> common = new ArrayList<>(List.of("400", "405", "414", "421", "431", "500"));
        if (!operation.has("security")) {
          common.addAll(List.of("401", "429"));
        }
        for (String status : common) {
          assertThat(responses.has(status)).as(operation.get("operationId") + status).isTrue();
        }
      }
    }
  }

  @Test
  void thePageNamesEveryPathAndHasNoScript() throws Exception {
    String page = TestServer.text(server.get("/api"));
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      assertThat(page).contains("</span>" + path.getKey() + "</p>");
    }
    assertThat(page)
        .contains("http://127.0.0.1:" + server.server.port() + "/api/v1/depth")
        .contains("Authorization: Bearer")
        .doesNotContain("<script", "style=", "https://");
  }
}
