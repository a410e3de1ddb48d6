package dev.deltadepth.web.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WebmClipTest {
  private static final HexFormat HEX = HexFormat.of();

  /** An EBML header, a segment of unknown size, information with a unit of time, and a track. */
  private static final String RECORDED =
      "1a45dfa3 84 42868101"
          + "18538067 01ffffffffffffff"
          + "1549a966 87 2ad7b1830f4240"
          + "1654ae6b 81 00";

  private static byte[] bytes(String hex) {
    return Arrays.copyOf(
        HEX.parseHex(hex.replace(" ", "")), HEX.parseHex(hex.replace(" ", "")).length + 16);
  }

  @Test
  void theLengthIsPutIntoTheInformation() {
    byte[] longer = WebmClip.withLength(bytes(RECORDED), 1500).orElseThrow();
    String length = HEX.formatHex(ByteBuffer.allocate(8).putDouble(1500).array());
    assertThat(HEX.formatHex(longer))
        .startsWith(
            ("1a45dfa3 84 42868101 18538067 01ffffffffffffff 1549a966 0100000000000012"
                    + " 2ad7b1830f4240 4489 88"
                    + length
                    + " 1654ae6b 81 00")
                .replace(" ", ""));
  }

  @Test
  void aLengthThatIsThereStays() {
    byte[] once = WebmClip.withLength(bytes(RECORDED), 1500).orElseThrow();
    assertThat(WebmClip.withLength(once, 9)).isEmpty();
  }

  @Test
  void aSegmentOfKnownSizeStaysAsItIs() {
    assertThat(
            WebmClip.withLength(
                bytes(RECORDED.replace("01ffffffffffffff", "0100000000000011")), 1500))
        .isEmpty();
  }

  @Test
  void whatIsNoClipStaysAsItIs() {
    assertThat(WebmClip.withLength(new byte[0], 1)).isEmpty();
    assertThat(WebmClip.withLength(new byte[100], 1)).isEmpty();
    byte[] whole = bytes(RECORDED);
    for (int length = 0; length < whole.length; length++) {
      assertThat(WebmClip.withLength(Arrays.copyOf(whole, length), 1)).isNotNull();
    }
  }
}
