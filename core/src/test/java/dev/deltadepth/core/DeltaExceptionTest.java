package dev.deltadepth.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeltaExceptionTest {
  private static final class Problem extends DeltaException {
    private static final long serialVersionUID = 1L;

    Problem(String message) {
      super(message);
    }
  }

  /** A file's name may hold line breaks and what colours a terminal. */
  @Test
  void aMessageIsOneLine() {
    assertThat(new Problem("a\nb.jpg \u001b[31mis\r\u2028empty\u0085ü ١"))
        .hasMessage("a b.jpg  [31mis  empty ü ١");
  }
}
