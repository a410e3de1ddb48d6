package dev.deltadepth.server.http;

import dev.deltadepth.io.Sha256;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that never change, with a strong validator for caches.
 *
 * @param content the bytes
 * @param mediaType their type
 * @param etag the quoted start of its SHA-256
 */
public record StaticFile(byte[] content, String mediaType, String etag) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StaticFile that
        && Arrays.equals(content, that.content)
        && mediaType.equals(that.mediaType)
        && etag.equals(that.etag);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(content), mediaType, etag);
  }

  /** A file with its validator. */
  public static StaticFile of(byte[] content, String mediaType) {
    return new StaticFile(content, mediaType, '"' + Sha256.of(content).substring(0, 32) + '"');
  }
}
