package dev.deltadepth.io;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of files that may hold a picture, told apart by their first bytes. */
public enum PictureKind {
  /** The JPEG of cameras and of the web. */
  JPEG("JPEG", "jpg jpeg jpe jfif"),
  /** Portable network graphics. */
  PNG("PNG", "png"),
  /** WebP, lossy or lossless. */
  WEBP("WebP", "webp"),
  /** Bitmaps of Windows and OS/2. */
  BMP("BMP", "bmp dib"),
  /** TIFF; its largest page counts. */
  TIFF("TIFF", "tif tiff"),
  /** GIF; its first frame counts. */
  GIF("GIF", "gif"),
  /** Portable grey, pixel and float maps. */
  PNM("PNM", "pnm pbm pgm ppm pam"),
  /** Truevision's format, which has no first bytes of its own: its extension or its end tells. */
  TGA("TGA", "tga"),
  /** Radiance's picture of linear light. */
  HDR("HDR", "hdr"),
  /** OpenEXR, linear light. */
  EXR("EXR", "exr"),
  /** The photos of iPhones: HEVC in a HEIF file. */
  HEIC("HEIC", "heic heif hif"),
  /** AV1 in a HEIF file. */
  AVIF("AVIF", "avif"),
  /** JPEG 2000, with or without its box. */
  JPEG_2000("JPEG 2000", "jp2 j2k jpf jpx"),
  /** JPEG XL. */
  JPEG_XL("JPEG XL", "jxl"),
  /** What a camera's sensor saw; the preview in it is read. */
  RAW("camera raw", "dng nef arw cr2 cr3 orf rw2 raf pef srw"),
  /** A video. */
  VIDEO("a video", ""),
  /** A document. */
  PDF("PDF", ""),
  /** A drawing. */
  SVG("SVG", ""),
  /** None of these. */
  UNKNOWN("unknown", "");

  private static final int LONGEST_HEAD = 4096;

  private final String label;
  private final String extensions;

  PictureKind(String label, String extensions) {
    this.label = label;
    this.extensions = extensions;
  }

  /** Its name in messages. */
  public String label() {
    return label;
  }

  /** The extensions of its files, in lower case and without the dot; the usual one comes first. */
  public List<String> extensions() {
    return extensions.isEmpty() ? List.of() : List.of(extensions.split(" "));
  }

  /** The kind with an extension, in upper or lower case; {@link #UNKNOWN} if there is none. */
  public static PictureKind ofExtension(String extension) {
    String lower = extension.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(kind -> kind.extensions().contains(lower))
        .findFirst()
        .orElse(UNKNOWN);
  }

  /**
   * The kind of a file's content.
   *
   * @param name of the file; its extension counts for {@link #TGA} only
   */
  public static PictureKind of(byte[] content, String name) {
    String head =
        new String(content, 0, Math.min(content.length, LONGEST_HEAD), StandardCharsets.ISO_8859_1);
    PictureKind kind = of(head);
    if (kind == TIFF && RawPhoto.isRaw(content)) {
      return RAW;
    }
    if (kind == UNKNOWN
        && (endsWith(content, "TRUEVISION-XFILE.\0")
            || ofExtension(name.substring(name.lastIndexOf('.') + 1)) == TGA)) {
      return TGA;
    }
    return kind;
  }

  private static PictureKind of(String head) {
    if (head.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    }
    if (head.startsWith("GIF8")) {
      return GIF;
    }
    if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
      return WEBP;
    }
    if (head.startsWith("RIFF") && head.startsWith("AVI ", 8)) {
      return VIDEO;
    }
    // Windows' header, or one of OS/2's arrays and icons.
    if (head.startsWith("BM") || (head.startsWith("BA") && head.startsWith("BM", 14))) {
      return BMP;
    }
    if (head.startsWith("FUJIFILMCCD-RAW") || head.matches("(?s)(II|MM)(RO|RS|OR|U\0).*")) {
      return RAW;
    }
    if (head.matches("(?s)(II[*+]\0|MM\0[*+]).*")) {
      return TIFF;
    }
    if (head.startsWith("ftyp", 4)) {
      return ofBrands(head);
    }
    if (head.startsWith("\0\0\0\fjP  ") || head.startsWith("\u00ffO\u00ffQ")) {
      return JPEG_2000;
    }
    if (head.startsWith("\0\0\0\fJXL ") || head.startsWith("\u00ff\n")) {
      return JPEG_XL;
    }
    if (head.startsWith("v/1\u0001")) {
      return EXR;
    }
    if (head.startsWith("#?RADIANCE") || head.startsWith("#?RGBE")) {
      return HDR;
    }
    if (head.matches("(?s)(P[1-7]|P[Ff])\\s.*")) {
      return PNM;
    }
    if (head.startsWith("%PDF")) {
      return PDF;
    }
    if (head.startsWith("\u001aE\u00df\u00a3")) {
      return VIDEO;
    }
    return head.stripLeading().startsWith("<") && head.contains("<svg") ? SVG : UNKNOWN;
  }

  /** The kind of an ISO base media file: its main brand, or else those it is compatible with. */
  private static PictureKind ofBrands(String head) {
    int end = head.length() < 4 ? 0 : (head.charAt(2) << 8) | head.charAt(3);
    String brands = head.substring(8, Math.max(8, Math.min(head.length(), end)));
    if (brands.startsWith("crx ")) {
      return RAW;
    }
    for (String brand : List.of("avif", "avis")) {
      if (brands.contains(brand)) {
        return AVIF;
      }
    }
    for (String brand : List.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1")) {
      if (brands.contains(brand)) {
        return HEIC;
      }
    }
    return VIDEO;
  }

  private static boolean endsWith(byte[] content, String text) {
    byte[] end = text.getBytes(StandardCharsets.ISO_8859_1);
    return content.length >= end.length
        && Arrays.equals(content, content.length - end.length, content.length, end, 0, end.length);
  }
}
