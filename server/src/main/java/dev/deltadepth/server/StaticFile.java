package dev.deltadepth.server;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bytes that stay the same, with a strong validator for caches.
 *
 * @param content what is sent
 * @param mediaType what it is
 * @param etag the quoted start of its SHA-256
 */
record StaticFile(byte[] content, String mediaType, String etag) {

  static StaticFile of(byte[] content, String mediaType) {
    return new StaticFile(content, mediaType, '"' + sha256(content).substring(0, 32) + '"');
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
