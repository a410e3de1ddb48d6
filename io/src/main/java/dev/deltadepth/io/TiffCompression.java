package dev.deltadepth.io;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways of compressing TIFF that are not read, so that errors can name them. */
final class TiffCompression {

  private static final Pattern REFUSED =
      Pattern.compile("(?:Unsupported|Unknown).*[Cc]ompression\\D*(\\d+).*");

  /** Numbers of libtiff. */
  private static final Map<String, String> NAMES =
      Map.of(
          "50000", "Zstandard",
          "34925", "LZMA",
          "50001", "WebP",
          "50002", "JPEG XL",
          "52546", "JPEG XL",
          "34712", "JPEG 2000",
          "34887", "LERC");

  private TiffCompression() {}

  /** What a reader's refusal is about; empty if it is about something else. */
  static Optional<String> named(String refusal) {
    Matcher matcher = REFUSED.matcher(refusal);
    return matcher.matches()
        ? Optional.of(NAMES.getOrDefault(matcher.group(1), "method " + matcher.group(1)))
        : Optional.empty();
  }
}
