package dev.deltadepth.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "GZip",
        "br, gzip",
        "gzip;q=0.001",
        "*",
        "br;q=0, *;q=0.1",
        "deflate,gzip ; q=1.0"
      })
  void itIsAccepted(String header) {
    assertThat(Codings.accepted(Optional.of(header), "gzip")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "identity",
        "br",
        "gzip;q=0",
        "gzip;q=0.000",
        "gzip; Q = 0.",
        "*, gzip;q=0",
        "gzip;q=0, *",
        "*;q=0",
        "xgzip",
        "gzip2"
      })
  void itIsNotAccepted(String header) {
    assertThat(Codings.accepted(Optional.of(header), "gzip")).isFalse();
  }

  @Test
  void withoutTheHeaderNothingIsAccepted() {
    assertThat(Codings.accepted(Optional.empty(), "gzip")).isFalse();
  }

  @Test
  void whatIsCompressedIsTheSame() throws IOException {
    byte[] content = "depth ".repeat(1000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] compressed = Codings.gzip(content);
    assertThat(compressed.length).isLessThan(200);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
        .isEqualTo(content);
  }
}
