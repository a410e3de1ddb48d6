package dev.deltadepth.server.page;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.Map;

/** A QR code of an address, for terminals and for pages. */
public final class QrCode {
  /** Light modules around the code, without which no phone finds it. */
  private static final int QUIET_ZONE = 2;

  private final BitMatrix dark;

  private QrCode(BitMatrix dark) {
    this.dark = dark;
  }

  /**
   * The code of a text.
   *
   * @throws IllegalArgumentException if it is too long
   */
  public static QrCode of(String text) {
    try {
      return new QrCode(
          new QRCodeWriter()
              .encode(
                  text,
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(
                      EncodeHintType.MARGIN, QUIET_ZONE, EncodeHintType.CHARACTER_SET, "UTF-8")));
    } catch (WriterException e) {
      throw new IllegalArgumentException("an address is too long for a QR code", e);
    }
  }

  /**
   * Lines of half blocks, two modules a character, one above the other. The light modules are the
   * drawn ones, as on a dark terminal, with colours set so that it is right on a light one, too.
   */
  public String lines() {
    StringBuilder lines = new StringBuilder();
    for (int y = 0; y < dark.getHeight(); y += 2) {
      // White on black, whatever the terminal's own colours are.
      lines.append("  \u001b[97;40m");
      for (int x = 0; x < dark.getWidth(); x++) {
        boolean upper = !dark.get(x, y);
        boolean lower = y + 1 < dark.getHeight() && !dark.get(x, y + 1);
        lines.append(upper ? (lower ? '█' : '▀') : (lower ? '▄' : ' '));
      }
      lines.append("\u001b[0m").append(System.lineSeparator());
    }
    return lines.toString();
  }

  /**
   * An SVG element, black on white in dark mode, too: not every phone reads it the other way.
   *
   * @param label what those hear who do not see it, without characters that need escaping
   */
  String svg(String label) {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < dark.getHeight(); y++) {
      for (int x = 0; x < dark.getWidth(); x++) {
        if (dark.get(x, y)) {
          path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
        }
      }
    }
    return """
        <svg class="code" role="img" aria-label="LABEL" viewBox="0 0 WIDTH HEIGHT">
        <rect width="100%" height="100%" fill="#fff"/>
        <path shape-rendering="crispEdges" fill="#000" d="PATH"/>
        </svg>
        """
        .replace("LABEL", label)
        .replace("WIDTH", Integer.toString(dark.getWidth()))
        .replace("HEIGHT", Integer.toString(dark.getHeight()))
        .replace("PATH", path);
  }
}
