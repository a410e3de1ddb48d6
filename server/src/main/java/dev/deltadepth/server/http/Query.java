package dev.deltadepth.server.http;

import io.javalin.http.Context;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The parameters behind a path's question mark. */
public final class Query {
  private static final Pattern BROKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private Query() {}

  /**
   * The value of each parameter.
   *
   * @param known names
   * @throws ServerException with 400 for another name, a name that is given twice, or escapes that
   *     are none
   */
  public static Map<String, String> of(Context request, Collection<String> known) {
    String raw = request.queryString();
    if (raw != null && BROKEN.matcher(raw).find()) {
      throw new ServerException(400, "the parameters are not escaped right: % is written %25");
    }
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, List<String>> one : request.queryParamMap().entrySet()) {
      if (!known.contains(one.getKey())) {
        throw new ServerException(
            400,
            known.isEmpty()
                ? "this path takes no parameters"
                : "unknown parameter; choose from " + String.join(", ", new TreeSet<>(known)));
      }
      if (one.getValue().size() != 1) {
        throw new ServerException(400, one.getKey() + " is given twice");
      }
      values.put(one.getKey(), one.getValue().get(0));
    }
    return values;
  }
}
