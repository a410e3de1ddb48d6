package dev.deltadepth.web.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {

  @ParameterizedTest
  @CsvSource({
    "IMG_0001.HEIC, HEIC",
    "a.b.avif, AVIF",
    "scan.tiff, TIFF",
    "a.jxl, JPEG XL",
    "a.dng, RAW",
    "photo.jpg, ''",
    "clip.mp4, ''",
    "heic, ''",
    "'', ''"
  })
  void photosAreNamedByTheirExtension(String file, String kind) {
    assertThat(FileKind.photo(file)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "a.mp3, '', SOUND",
    "a, audio/mpeg, SOUND",
    "paper.pdf, application/pdf, PDF",
    "notes.txt, text/plain, TEXT",
    "all.zip, '', ARCHIVE",
    "letter.docx, '', DOCUMENT"
  })
  void otherFilesAreNamedByTheirTypeOrExtension(String file, String type, FileKind.Other kind) {
    assertThat(FileKind.other(file, type)).contains(kind);
  }

  @ParameterizedTest
  @CsvSource({"clip.MOV, ''", "clip, video/x-matroska", "clip.webm, video/webm"})
  void filmsAreKnownByTheirTypeOrExtension(String file, String type) {
    assertThat(FileKind.isFilm(file, type)).isTrue();
    assertThat(FileKind.other(file, type)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a.jpg, image/jpeg", "a.mp3, ''", "voice.webm, audio/webm", "mp4, ''", "'', ''"})
  void allElseIsNoFilm(String file, String type) {
    assertThat(FileKind.isFilm(file, type)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"a.jpg, image/jpeg", "a.heic, ''", "a, ''", "pdf, ''", "'', ''"})
  void photosAndTheUnknownAreNoOtherKind(String file, String type) {
    assertThat(FileKind.other(file, type)).isEmpty();
  }
}
