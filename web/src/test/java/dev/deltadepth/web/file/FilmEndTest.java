package dev.deltadepth.web.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilmEndTest {

  /** What follows the head is 1000 bytes from its beginning to the end of the file. */
  @ParameterizedTest
  @CsvSource({
    "00000020 66747970, 32",
    "00010000 6d646174, 65536",
    "00000001 6d646174 0000000200000000, 8589934592",
    "fffffff0 6d646174, 4294967280",
    "00000000 6d646174, 1000",
    "00000004 6d646174, 1000",
    "52494646 00010000, 1000",
    "1a45dfa3 a3, 40",
    "18538067 0100000000000400, 1036",
    "18538067 01ffffffffffffff, 1000",
    "18538067 ff, 1000"
  })
  void aBoxSaysHowLongItIs(String head, double length) {
    byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(head.replace(" ", "")), 16);
    assertThat(FilmEnd.length(bytes, 1000)).isEqualTo(length);
  }

  @ParameterizedTest
  @CsvSource({"''", "00", "0000002066747970"})
  void theLastFewBytesAreTheEnd(String head) {
    assertThat(FilmEnd.length(HexFormat.of().parseHex(head), head.length()))
        .isEqualTo(head.length());
  }
}
