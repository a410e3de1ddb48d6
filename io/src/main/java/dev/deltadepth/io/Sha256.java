package dev.deltadepth.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as 64 lower-case hexadecimal digits, to tell whether two contents are the same. */
public final class Sha256 {
  private Sha256() {}

  /**
   * The hash of a file's content. The file is streamed, so it may be larger than memory.
   *
   * @throws FileException if the file does not exist, is a folder, a pipe or a device, or cannot be
   *     read
   */
  public static String of(Path file) {
    RegularFile.require(file);
    MessageDigest digest = digest();
    try (InputStream in = Files.newInputStream(file);
        DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The hash of bytes. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** The hash of a text in UTF-8. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * One hash for several contents: that of their hashes' bytes, one after the other.
   *
   * @param hashes hexadecimal, as {@link #of(Path)} returns them
   */
  public static String ofHashes(Iterable<String> hashes) {
    MessageDigest digest = digest();
    for (String hash : hashes) {
      digest.update(HexFormat.of().parseHex(hash));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
