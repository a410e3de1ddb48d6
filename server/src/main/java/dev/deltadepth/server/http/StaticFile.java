package dev.deltadepth.server.http;

import dev.deltadepth.io.Sha256;

/**
 * Bytes that never change, with a strong validator for caches.
 *
 * @param content the bytes
 * @param mediaType their type
 * @param etag the quoted start of its SHA-256
 */
public record StaticFile(byte[] content, String mediaType, String etag) {

  /** A file with its validator. */
  public static StaticFile of(byte[] content, String mediaType) {
    return new StaticFile(content, mediaType, '"' + Sha256.of(content).substring(0, 32) + '"');
  }
}
