package dev.deltadepth.io;

import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/** Chunks of a PNG of which ImageIO takes no notice: its colour profile and its texts. */
final class PngChunks {

  private static final int SIGNATURE = 8;
  private static final int LARGEST = 16 << 20;

  private PngChunks() {}

  /** The profile; empty if there is none, or none that can be used. */
  static Optional<ICC_Profile> profile(byte[] png) {
    List<ICC_Profile> found = new ArrayList<>();
    each(
        png,
        (type, start, length) -> {
          if (type.equals("iCCP")) {
            profile(png, start, length).ifPresent(found::add);
          }
        });
    return found.stream().findFirst();
  }

  /** The texts by keyword that stand before the pixels, uncompressed (tEXt and iTXt). */
  static Map<String, String> texts(byte[] png) {
    Map<String, String> texts = new LinkedHashMap<>();
    each(
        png,
        (type, start, length) -> {
          int end = start + length;
          int keyword = zero(png, start, end);
          String name = new String(png, start, keyword - start, StandardCharsets.ISO_8859_1);
          if (type.equals("tEXt") && keyword < end) {
            texts.put(
                name, new String(png, keyword + 1, end - keyword - 1, StandardCharsets.ISO_8859_1));
          } else if (type.equals("iTXt") && keyword + 2 < end && png[keyword + 1] == 0) {
            int language = zero(png, keyword + 3, end);
            int translated = zero(png, language + 1, end);
            if (translated < end) {
              texts.put(
                  name,
                  new String(png, translated + 1, end - translated - 1, StandardCharsets.UTF_8));
            }
          }
        });
    return texts;
  }

  /** The next zero, or the end. */
  private static int zero(byte[] png, int from, int end) {
    int at = Math.min(from, end);
    while (at < end && png[at] != 0) {
      at++;
    }
    return at;
  }

  private interface Chunk {
    void found(String type, int start, int length);
  }

  /** All whole chunks before the pixels. */
  private static void each(byte[] png, Chunk listener) {
    ByteBuffer bytes = ByteBuffer.wrap(png);
    int at = SIGNATURE;
    while (at + 12 <= png.length) {
      int length = bytes.getInt(at);
      String type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (type.equals("IDAT") || length < 0 || length > png.length - at - 12) {
        return;
      }
      listener.found(type, at + 8, length);
      at += 12 + length;
    }
  }

  /** A chunk has a name, a zero, the method of compression, and the compressed profile. */
  private static Optional<ICC_Profile> profile(byte[] png, int start, int length) {
    int name = start;
    while (name < start + length && png[name] != 0) {
      name++;
    }
    int data = name + 2;
    try (InflaterInputStream in =
        new InflaterInputStream(
            new ByteArrayInputStream(png, data, Math.max(0, start + length - data)))) {
      return IccColours.profile(in.readNBytes(LARGEST));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
