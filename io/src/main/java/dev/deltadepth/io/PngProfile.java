package dev.deltadepth.io;

import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/** The colour profile in a PNG, of which ImageIO takes no notice. */
final class PngProfile {

  private static final int SIGNATURE = 8;
  private static final int LARGEST = 16 << 20;

  private PngProfile() {}

  /** The profile; empty if there is none, or none that can be used. */
  static Optional<ICC_Profile> of(byte[] png) {
    ByteBuffer bytes = ByteBuffer.wrap(png);
    int at = SIGNATURE;
    while (at + 12 <= png.length) {
      int length = bytes.getInt(at);
      String type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (type.equals("IDAT") || length < 0 || length > png.length - at - 12) {
        return Optional.empty();
      }
      if (type.equals("iCCP")) {
        return profile(png, at + 8, length);
      }
      at += 12 + length;
    }
    return Optional.empty();
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
