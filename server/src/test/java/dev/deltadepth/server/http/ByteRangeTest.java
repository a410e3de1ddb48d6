package dev.deltadepth.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=5-, 5, 5",
    "bytes=-3, 7, 3",
    "bytes=-30, 0, 10",
    "Bytes=2-999999999999999999, 2, 8",
    "bytes= 2 - 3, 2, 2"
  })
  void partsOfTenBytes(String header, long from, long length) {
    assertThat(ByteRange.of(Optional.of(header), 10)).contains(new ByteRange(from, length));
    assertThat(new ByteRange(2, 3).of(10)).isEqualTo("bytes 2-4/10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bytes=-", "bytes=3-2", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b"})
  void whatIsNotUnderstoodIsTheWhole(String header) {
    assertThat(ByteRange.of(Optional.of(header), 10)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0"})
  void whatIsNotThere(String header) {
    assertThatThrownBy(() -> ByteRange.of(Optional.of(header), 10))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("10 bytes");
  }
}
