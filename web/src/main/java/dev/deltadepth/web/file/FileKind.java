package dev.deltadepth.web.file;

import java.util.Locale;
import java.util.Optional;

/** What a file is by its name and type, if the browser does not decode it. */
public final class FileKind {

  /** Kinds of files that are neither photos nor films. */
  public enum Other {
    SOUND,
    PDF,
    TEXT,
    ARCHIVE,
    DOCUMENT
  }

  private FileKind() {}

  /**
   * The name of a kind of photo that some browsers do not decode.
   *
   * @return empty for a kind that every browser decodes, and for what is no photo
   */
  public static String photo(String fileName) {
    return switch (extension(fileName)) {
      case "heic", "heif", "hif" -> "HEIC";
      case "avif" -> "AVIF";
      case "webp" -> "WebP";
      case "jxl" -> "JPEG XL";
      case "tif", "tiff" -> "TIFF";
      case "jp2", "j2k", "jpf", "jpx" -> "JPEG 2000";
      case "dng", "nef", "arw", "cr2", "cr3", "orf", "rw2", "raf", "pef", "srw" -> "RAW";
      default -> "";
    };
  }

  /**
   * Whether a file is a film.
   *
   * @param type the browser's media type, such as {@code video/mp4}; may be empty
   */
  public static boolean isFilm(String fileName, String type) {
    return switch (extension(fileName)) {
      case "mp4", "mov", "mkv", "webm", "avi", "m4v", "3gp", "mpg", "mpeg" ->
          !type.startsWith("audio/");
      default -> type.toLowerCase(Locale.ROOT).startsWith("video/");
    };
  }

  /**
   * The kind of a file that is neither a photo nor a film.
   *
   * @param type the browser's media type, such as {@code audio/mpeg}; may be empty
   * @return empty for photos, for films and for what is unknown
   */
  public static Optional<Other> other(String fileName, String type) {
    String main = type.toLowerCase(Locale.ROOT);
    if (main.startsWith("audio/")) {
      return Optional.of(Other.SOUND);
    }
    return Optional.ofNullable(
        switch (extension(fileName)) {
          case "mp3", "m4a", "wav", "ogg", "opus", "flac", "aac" -> Other.SOUND;
          case "pdf" -> Other.PDF;
          case "txt", "csv", "md", "json", "xml", "html", "htm" -> Other.TEXT;
          case "zip", "gz", "7z", "rar", "tar" -> Other.ARCHIVE;
          case "doc", "docx", "odt", "xls", "xlsx", "ods", "ppt", "pptx", "odp" -> Other.DOCUMENT;
          default -> null;
        });
  }

  private static String extension(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
