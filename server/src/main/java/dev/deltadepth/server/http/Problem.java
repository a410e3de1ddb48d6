package dev.deltadepth.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/** Refusals as {@code application/problem+json} (RFC 9457). */
public final class Problem {
  /** The type of refusals. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Problem() {}

  /**
   * The body of a refusal.
   *
   * @param id of the request
   */
  public static byte[] json(int status, String detail, String id) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "about:blank");
    fields.put("title", HttpStatus.getMessage(status));
    fields.put("status", status);
    fields.put("detail", detail);
    fields.put("requestId", id);
    try {
      return MAPPER.writeValueAsBytes(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }
}
