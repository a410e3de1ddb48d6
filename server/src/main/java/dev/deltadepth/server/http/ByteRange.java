package dev.deltadepth.server.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a client asks for (RFC 9110, section 14).
 *
 * @param from its first byte
 * @param length how many bytes
 */
public record ByteRange(long from, long length) {
  // Numbers that a long holds.
  private static final Pattern BYTES = Pattern.compile("(?i)bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * The part that a {@code Range} header names; empty for the whole file, which answers several
   * ranges and what is not understood, too.
   *
   * @param size the file's bytes
   * @throws ServerException with 416 if the file does not reach that far
   */
  public static Optional<ByteRange> of(Optional<String> header, long size) {
    Matcher bytes = BYTES.matcher(header.orElse("").replace(" ", ""));
    if (!bytes.matches() || (bytes.group(1).isEmpty() && bytes.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (bytes.group(1).isEmpty()) {
      long length = Math.min(size, Long.parseLong(bytes.group(2)));
      return Optional.of(checked(size - length, length, size));
    }
    long from = Long.parseLong(bytes.group(1));
    if (bytes.group(2).isEmpty()) {
      return Optional.of(checked(from, size - from, size));
    }
    long to = Long.parseLong(bytes.group(2));
    if (to < from) {
      return Optional.empty();
    }
    return Optional.of(checked(from, Math.min(to, size - 1) - from + 1, size));
  }

  private static ByteRange checked(long from, long length, long size) {
    if (length < 1) {
      throw new ServerException(416, "the file has " + size + " bytes: ask for a part of them");
    }
    return new ByteRange(from, length);
  }

  /** The value of {@code Content-Range}. */
  public String of(long size) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }
}
