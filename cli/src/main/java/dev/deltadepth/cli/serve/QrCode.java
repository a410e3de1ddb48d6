package dev.deltadepth.cli.serve;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.Map;

/** A QR code for a terminal: two modules a character, one above the other. */
public final class QrCode {
  /** Light modules around the code, without which no phone finds it. */
  private static final int QUIET_ZONE = 2;

  private QrCode() {}

  /**
   * The code in lines of half blocks. The light modules are the drawn ones, as on a dark terminal,
   * with colours set so that it is right on a light one, too.
   */
  public static String of(String text) {
    BitMatrix dark;
    try {
      dark =
          new QRCodeWriter()
              .encode(
                  text,
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(EncodeHintType.MARGIN, QUIET_ZONE, EncodeHintType.CHARACTER_SET, "UTF-8"));
    } catch (WriterException e) {
      throw new IllegalArgumentException("an address is too long for a QR code", e);
    }
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
}
