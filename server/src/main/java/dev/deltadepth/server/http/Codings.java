package dev.deltadepth.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Content codings (RFC 9110, section 12.5.3). */
public final class Codings {
  /** The one that all clients know. */
  public static final String GZIP = "gzip";

  private Codings() {}

  /**
   * Whether a client takes a coding. Without the header it takes none, as far as is known; {@code
   * *} stands for all that are not named, and a weight of 0 means never.
   *
   * @param header {@code Accept-Encoding}
   */
  public static boolean accepted(Optional<String> header, String coding) {
    boolean others = false;
    for (String part : header.orElse("").toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] words = part.split(";", -1);
      boolean wanted = true;
      for (int i = 1; i < words.length; i++) {
        wanted &= !words[i].strip().matches("q\\s*=\\s*0(\\.0*)?");
      }
      String name = words[0].strip();
      if (name.equals(coding)) {
        return wanted;
      }
      others |= wanted && name.equals("*");
    }
    return others;
  }

  /** The content, compressed. */
  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 2 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
