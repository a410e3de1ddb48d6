package dev.deltadepth.server.http;

import java.util.Optional;
import java.util.regex.Pattern;

/** The tags by which clients ask whether their copies are still valid. */
public final class EntityTags {
  private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

  private EntityTags() {}

  /**
   * Whether an {@code If-None-Match} header (RFC 9110, section 13.1.2) names a tag: it is a list,
   * in which weak tags count as strong ones, or an asterisk for any.
   *
   * @param etag the quoted tag
   */
  public static boolean name(Optional<String> header, String etag) {
    String text = header.orElse("").strip();
    return text.equals("*")
        || TAG.matcher(text).results().anyMatch(found -> found.group(1).equals(etag));
  }
}
