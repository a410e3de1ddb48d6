package dev.deltadepth.distill.data;

import dev.deltadepth.distill.recipe.DistillException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a file, or of several.
 *
 * @param bytes 32 of them
 */
public record ContentHash(byte[] bytes) {

  /** Of a file. */
  public static ContentHash of(Path file) {
    try {
      return new ContentHash(sha256().digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new DistillException(file + " cannot be read; check its permissions", e);
    }
  }

  /** A digest to which the hashes of several files are added. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The first four bytes as a share of their range, 0 to below 1: random, but always the same. */
  double share() {
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()) / (double) (1L << 32);
  }

  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }
}
