package dev.deltadepth.web.page;

import java.util.Locale;

/** Names of the kinds of photos that some browsers do not decode. */
final class ForeignKind {

  private ForeignKind() {}

  /**
   * The kind's name by a file's extension.
   *
   * @return empty for a kind that every browser decodes, and for what is no photo
   */
  static String of(String fileName) {
    int dot = fileName.lastIndexOf('.');
    if (dot < 0) {
      return "";
    }
    return switch (fileName.substring(dot + 1).toLowerCase(Locale.ROOT)) {
      case "heic", "heif", "hif" -> "HEIC";
      case "avif" -> "AVIF";
      case "webp" -> "WebP";
      case "tif", "tiff" -> "TIFF";
      case "jp2", "j2k", "jpf", "jpx" -> "JPEG 2000";
      case "dng", "nef", "arw", "cr2", "cr3", "orf", "rw2", "raf", "pef", "srw" -> "RAW";
      default -> "";
    };
  }
}
