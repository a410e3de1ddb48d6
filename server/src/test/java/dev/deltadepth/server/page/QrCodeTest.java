package dev.deltadepth.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrCodeTest {
  @Test
  void theLinesOfATerminalHoldTheAddress() throws Exception {
    String address = "https://192.0.2.7:8443/#token=secret";
    String code = QrCode.of(address).lines().replaceAll("\u001b\\[[0-9;]*m", "");
    List<String> lines = code.lines().map(line -> line.substring(2)).toList();
    int width = lines.get(0).length();
    BitMatrix dark = new BitMatrix(width, 2 * lines.size());
    for (int y = 0; y < lines.size(); y++) {
      for (int x = 0; x < width; x++) {
        char block = lines.get(y).charAt(x);
        if (block == ' ' || block == '▄') {
          dark.set(x, 2 * y);
        }
        if (block == ' ' || block == '▀') {
          dark.set(x, 2 * y + 1);
        }
      }
    }
    // Without the quiet zone and the half line below.
    int size = width - 4;
    BitMatrix modules = new BitMatrix(size);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        if (dark.get(x + 2, y + 2)) {
          modules.set(x, y);
        }
      }
    }
    assertThat(new Decoder().decode(modules).getText()).isEqualTo(address);
  }

  @Test
  void whatIsTooLongIsRefused() {
    assertThatThrownBy(() -> QrCode.of("x".repeat(10_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an address is too long for a QR code");
  }
}
