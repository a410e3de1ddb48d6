package dev.deltadepth.io;

import dev.deltadepth.core.DeltaException;
import dev.deltadepth.core.RgbImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Decodes pictures with ImageIO and the readers of TwelveMonkeys, strictly and within limits. */
final class ImageDecoder {

  private static final String AGAIN = "; copy or export it again";

  private static final String READ =
      "expected JPEG, PNG, WebP, HEIC, AVIF, BMP, TIFF, GIF, PNM, TGA or camera raw";

  /** Scans of a JPEG, of which encoders make at most some dozens. */
  private static final int MOST_SCANS = 500;

  /** Pages of a TIFF that are looked at. */
  private static final int MOST_PAGES = 1000;

  /** Kinds that need a {@link PictureReader}. */
  static final Set<PictureKind> FOREIGN =
      EnumSet.of(
          PictureKind.HEIC,
          PictureKind.AVIF,
          PictureKind.JPEG_2000,
          PictureKind.JPEG_XL,
          PictureKind.EXR);

  private ImageDecoder() {}

  static Picture picture(byte[] content, String name, PictureLimits limits) {
    PictureKind kind = PictureKind.of(content, name);
    try {
      if (FOREIGN.contains(kind)) {
        return foreign(content, kind, name, limits);
      }
      return switch (kind) {
        case RAW -> raw(content, name, limits);
        case JPEG -> jpeg(content, name, limits);
        case VIDEO, PDF, SVG ->
            throw new FileException(name + " is " + kind.label() + ", not a picture: " + READ);
        default -> whole(content, kind, name, limits);
      };
    } catch (OutOfMemoryError e) {
      throw tooLittleMemory(name, e);
    }
  }

  private static Picture foreign(
      byte[] content, PictureKind kind, String name, PictureLimits limits) {
    return PictureReader.of(kind)
        .orElseThrow(() -> unreadHere(kind, name))
        .read(content, kind, name, limits);
  }

  private static FileException unreadHere(PictureKind kind, String name) {
    String way =
        kind == PictureKind.JPEG_XL
            ? ", which is not read: export it as JPEG or PNG"
            : ", which needs the module delta-video: add it, or export the photo as JPEG";
    return new FileException(name + " is " + kind.label() + way);
  }

  private static Picture raw(byte[] content, String name, PictureLimits limits) {
    byte[] preview = RawPhoto.preview(content, name);
    Picture picture = jpeg(preview, name, limits);
    boolean turned = Orientation.of(preview, PictureKind.JPEG).value() != 1;
    return turned
        ? picture
        : new Picture(RawPhoto.orientation(content).upright(picture.image()), picture.notes());
  }

  /** A JPEG may lack its end marker, if nothing else is missing. */
  private static Picture jpeg(byte[] content, String name, PictureLimits limits) {
    JpegScans scans = JpegScans.of(content);
    if (scans.count() > MOST_SCANS) {
      throw new FileException(
          name + " has " + scans.count() + " scans, which would take minutes: export it again");
    }
    if (hasEnd(content) || !scans.complete()) {
      return whole(content, PictureKind.JPEG, name, limits);
    }
    byte[] completed = Arrays.copyOf(content, content.length + 2);
    completed[content.length] = (byte) 0xff;
    completed[content.length + 1] = (byte) 0xd9;
    Picture picture = whole(completed, PictureKind.JPEG, name, limits);
    List<String> notes = new ArrayList<>(picture.notes());
    notes.add(name + " lacks its end marker; all of its pixels were there");
    return new Picture(picture.image(), notes);
  }

  /** Whether an end marker follows the last scan; phones append other data behind it. */
  private static boolean hasEnd(byte[] jpeg) {
    for (int at = jpeg.length - 2; at >= 0; at--) {
      if (jpeg[at] == (byte) 0xff) {
        if (jpeg[at + 1] == (byte) 0xd9) {
          return true;
        }
        if (jpeg[at + 1] == (byte) 0xda) {
          return false;
        }
      }
    }
    return false;
  }

  private static Picture whole(
      byte[] content, PictureKind kind, String name, PictureLimits limits) {
    Decoded decoded;
    try {
      decoded = decode(content, name, limits);
    } catch (FileException e) {
      if (Thread.currentThread().isInterrupted()) {
        // Nobody wants it any more, from whatever reader.
        throw e;
      }
      return another(content, kind, name, limits, e);
    }
    RgbImage image = AwtImages.rgb(decoded.image());
    if (kind == PictureKind.PNG) {
      Optional<ICC_Profile> profile = PngChunks.profile(content);
      image = profile.isPresent() ? IccColours.toSrgb(image, profile.get()) : image;
    }
    return new Picture(Orientation.of(content, kind).upright(image), decoded.notes());
  }

  /** What ImageIO refuses, another reader may know; what both refuse is ImageIO's to explain. */
  private static Picture another(
      byte[] content, PictureKind kind, String name, PictureLimits limits, FileException refusal) {
    Optional<PictureReader> other =
        refusal.getCause() == null ? Optional.empty() : PictureReader.of(kind);
    if (other.isEmpty()) {
      throw kind == PictureKind.WEBP ? unknownWebp(name, refusal) : refusal;
    }
    try {
      return other.get().read(content, kind, name, limits);
    } catch (FileException e) {
      refusal.addSuppressed(e);
      throw refusal;
    }
  }

  /** The WebP reader fails on pictures that are whole, as on damaged ones. */
  private static FileException unknownWebp(String name, FileException refusal) {
    return refusal.getCause() == null || refusal.getCause() instanceof OutOfMemoryError
        ? refusal
        : new FileException(
            name
                + " is a WebP that is not read here: add the module delta-video, which reads more of"
                + " them, or export it as JPEG or PNG",
            refusal.getCause());
  }

  /**
   * A picture as its reader returns it.
   *
   * @param notes that it was reduced
   */
  record Decoded(BufferedImage image, List<String> notes) {}

  static Decoded decode(byte[] content, String name, PictureLimits limits) {
    if (isCutOffWebp(content)) {
      throw new FileException(name + " is cut off" + AGAIN);
    }
    if (hasRawWebpAlpha(content)) {
      IIOException cause = new IIOException("uncompressed opacity");
      throw new FileException(
          name + " has uncompressed opacity, which is not read: export it again", cause);
    }
    return withReader(content, name, (reader, stream) -> decode(reader, stream, name, limits));
  }

  static ImageSize size(byte[] content, String name) {
    return withReader(
        content,
        name,
        (reader, stream) -> {
          reader.setInput(stream, true, true);
          return new ImageSize(reader.getWidth(0), reader.getHeight(0));
        });
  }

  /** Something to do with a reader that suits the content. */
  private interface Use<T> {
    T with(ImageReader reader, MemoryInputStream stream) throws IOException;
  }

  private static <T> T withReader(byte[] content, String name, Use<T> use) {
    try (MemoryInputStream stream = new MemoryInputStream(content)) {
      MemoryInputStream.stopIfInterrupted();
      ImageReader reader = reader(content, name, stream);
      try {
        return use.with(reader, stream);
      } finally {
        reader.dispose();
      }
    } catch (DeltaException e) {
      throw e;
    } catch (IOException e) {
      requireMemoryAndTime(name, e);
      String message = Messages.of(e);
      Optional<String> compression = TiffCompression.named(message);
      if (compression.isPresent()) {
        throw new FileException(
            "%s is compressed with %s, which is not read: save it with LZW or Deflate"
                .formatted(name, compression.get()),
            e);
      }
      String what =
          message.startsWith("Unsupported") ? " is not read (" : " is cut off or damaged (";
      throw new FileException(name + what + message + ")" + AGAIN, e);
    } catch (RuntimeException e) {
      requireMemoryAndTime(name, e);
      // The readers fail on damaged files in every way: indices, casts, null, negative sizes.
      throw new FileException(name + " is damaged" + AGAIN, e);
    } catch (OutOfMemoryError e) {
      throw tooLittleMemory(name, e);
    }
  }

  private static ImageReader reader(byte[] content, String name, MemoryInputStream stream) {
    // TGA has no first bytes: only by its name.
    Iterator<ImageReader> readers =
        PictureKind.of(content, name) == PictureKind.TGA
            ? ImageIO.getImageReadersBySuffix("tga")
            : ImageIO.getImageReaders(stream);
    if (!readers.hasNext()) {
      throw new FileException(name + " is not a picture: " + READ);
    }
    return readers.next();
  }

  private static Decoded decode(
      ImageReader reader, MemoryInputStream stream, String name, PictureLimits limits)
      throws IOException {
    Damage damage = new Damage();
    reader.addIIOReadWarningListener(damage);
    reader.addIIOReadUpdateListener(new Deadline());
    String format = reader.getFormatName().toLowerCase(Locale.ROOT);
    reader.setInput(stream, !format.equals("tiff"), true);
    int page = format.equals("tiff") ? largestPage(reader) : 0;
    long width = reader.getWidth(page);
    long height = reader.getHeight(page);
    int divisor = limits.divisor(width, height, name);
    ImageReadParam parameters = reader.getDefaultReadParam();
    parameters.setSourceSubsampling(divisor, divisor, 0, 0);
    BufferedImage image = reader.read(page, parameters);
    MemoryInputStream.stopIfInterrupted();
    if (damage.found) {
      throw new FileException(name + " is cut off or damaged" + AGAIN);
    }
    if (format.equals("tiff")) {
      refuseMisread(image);
    }
    if (format.equals("gif")) {
      image = onCanvas(image, GifCanvas.of(reader), name, limits);
    }
    List<String> notes =
        divisor == 1 ? List.of() : List.of(PictureLimits.note(name, width, height, divisor));
    return new Decoded(image, notes);
  }

  /** What the TIFF reader takes for something else: 24 bits, and colours of 4 bits. */
  private static void refuseMisread(BufferedImage image) throws IIOException {
    int bits = image.getColorModel().getComponentSize(0);
    if (bits == 24 || (bits == 4 && image.getRaster().getNumBands() > 1)) {
      throw new IIOException("Unsupported: " + bits + " bits per sample");
    }
  }

  private static int largestPage(ImageReader reader) throws IOException {
    int best = 0;
    long most = 0;
    int pages = Math.min(MOST_PAGES, reader.getNumImages(true));
    for (int i = 0; i < pages; i++) {
      long pixels = (long) reader.getWidth(i) * reader.getHeight(i);
      if (pixels > most) {
        best = i;
        most = pixels;
      }
    }
    return best;
  }

  /** A first frame may be smaller than the picture. */
  private static BufferedImage onCanvas(
      BufferedImage frame, GifCanvas canvas, String name, PictureLimits limits) {
    if (canvas.matches(frame)) {
      return frame;
    }
    limits.divisor(canvas.width(), canvas.height(), name);
    BufferedImage whole =
        new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = whole.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, canvas.width(), canvas.height());
    graphics.drawImage(frame, canvas.left(), canvas.top(), null);
    graphics.dispose();
    return whole;
  }

  /** RIFF states its length; the WebP reader fills in zeros where the file ends early. */
  private static boolean isCutOffWebp(byte[] content) {
    if (!isWebp(content)) {
      return false;
    }
    return content.length < littleEndian(content, 4) + 8;
  }

  private static boolean isWebp(byte[] content) {
    return content.length >= 12 && content[0] == 'R' && content[8] == 'W' && content[11] == 'P';
  }

  private static long littleEndian(byte[] content, int at) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(at) & 0xffffffffL;
  }

  /** The WebP reader leaves such opacity out without a word. */
  private static boolean hasRawWebpAlpha(byte[] content) {
    long at = 12;
    while (isWebp(content) && at + 9 <= content.length) {
      int chunk = (int) at;
      if (content[chunk] == 'A' && content[chunk + 1] == 'L' && content[chunk + 2] == 'P') {
        return (content[chunk + 8] & 3) == 0;
      }
      at += 8 + (littleEndian(content, chunk + 4) + 1) / 2 * 2;
    }
    return false;
  }

  /** Some readers take too little memory, or that nobody waits any more, for damage. */
  private static void requireMemoryAndTime(String name, Exception problem) {
    if (Thread.currentThread().isInterrupted()) {
      throw new FileException(name + " was not decoded: interrupted", problem);
    }
    for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError error) {
        throw tooLittleMemory(name, error);
      }
    }
  }

  private static FileException tooLittleMemory(String name, OutOfMemoryError cause) {
    return new FileException(
        name + " does not fit into memory: give Java more (-Xmx) or make a smaller copy", cause);
  }

  /** Notices the warnings which mean that part of the picture is missing. */
  private static final class Damage implements IIOReadWarningListener {

    private boolean found;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      String text = warning.toLowerCase(Locale.ROOT);
      // A profile that is cut off is left out, and the picture is whole.
      boolean profile = text.contains("icc");
      found |=
          !profile
              && (text.contains("truncat") || text.contains("premature") || text.contains("eoi"));
    }
  }
}
