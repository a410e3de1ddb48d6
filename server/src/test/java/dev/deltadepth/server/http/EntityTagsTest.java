package dev.deltadepth.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"\"a1\"", "W/\"a1\"", "*", " * ", "\"x\", \"a1\"", "\"x\",W/\"a1\" ,\"y\""})
  void theTagIsNamed(String header) {
    assertThat(EntityTags.name(Optional.of(header), "\"a1\"")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"a\"", "a1", "\"a1 \"", "\"*\"", "w/\"x\""})
  void theTagIsNotNamed(String header) {
    assertThat(EntityTags.name(Optional.of(header), "\"a1\"")).isFalse();
  }

  @Test
  void thereMayBeNoHeader() {
    assertThat(EntityTags.name(Optional.empty(), "\"a1\"")).isFalse();
  }
}
