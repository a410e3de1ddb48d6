package dev.deltadepth.cli.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.io.FileException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
  @Test
  void tooLittleMemoryForAPhotoNamesTheWayOut() {
    OutOfMemoryError memory = new OutOfMemoryError("Java heap space");
    assertThat(ErrorText.of(memory)).contains("-Xmx4g").doesNotContain("--max-pixels");
    assertThat(ErrorText.ofPhoto(memory)).contains("--max-pixels 12").contains("-Xmx4g");
    assertThat(ErrorText.ofPhoto(new FileException("x.jpg does not fit into memory", memory)))
        .contains("--max-pixels 12");
    assertThat(ErrorText.ofPhoto(new FileException("x.jpg is empty"))).isEqualTo("x.jpg is empty");
  }

  @Test
  void aLibraryDoesNotHideThatMemoryRanOut() {
    OutOfMemoryError memory = new OutOfMemoryError("Java heap space");
    Exception library = new IllegalStateException("cannot construct", memory);
    assertThat(ErrorText.of(library)).startsWith("not enough memory");
    assertThat(ErrorText.of(new FileException("x.yaml is not a recipe", library)))
        .startsWith("not enough memory");
    FileException told = new FileException("x.jpg does not fit into memory", memory);
    assertThat(ErrorText.of(told)).isEqualTo("x.jpg does not fit into memory");
    assertThat(ErrorText.of(new FileException("none can be read; x.jpg does not fit", told)))
        .startsWith("none can be read");
    assertThat(ErrorText.of(new FileException("x is empty", new IllegalStateException("end"))))
        .isEqualTo("x is empty");
  }

  @Test
  void whatWasNotForeseenAsksForAReport() {
    assertThat(ErrorText.of(new IllegalStateException("a\n b")))
        .isEqualTo(
            "unexpected IllegalStateException (a b); run again with --debug and report the stack"
                + " trace");
  }
}
