package dev.deltadepth.io;

import dev.deltadepth.core.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Decodes pictures with ImageIO and the readers of TwelveMonkeys, strictly and within limits. */
final class ImageDecoder {

  private static final String AGAIN = "; copy or export it again";

  private ImageDecoder() {}

  static RgbImage rgb(byte[] content, String name, long maxPixels) {
    Decoded decoded = decode(content, name, maxPixels);
    try {
      RgbImage image = AwtImages.rgb(decoded.image());
      return Orientation.of(content, decoded.format()).upright(image);
    } catch (OutOfMemoryError e) {
      throw tooLittleMemory(name, e);
    }
  }

  /** A picture as its reader returns it, and the reader's name for the format in lower case. */
  record Decoded(BufferedImage image, String format) {}

  static Decoded decode(byte[] content, String name, long maxPixels) {
    if (isCutOffWebp(content)) {
      throw new FileException(name + " is cut off" + AGAIN);
    }
    return withReader(content, name, (reader, stream) -> decode(reader, stream, name, maxPixels));
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
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new FileException(
            name + " is not a picture: expected JPEG, PNG, WebP, BMP, TIFF or GIF");
      }
      ImageReader reader = readers.next();
      try {
        return use.with(reader, stream);
      } finally {
        reader.dispose();
      }
    } catch (FileException e) {
      throw e;
    } catch (IOException e) {
      throw new FileException(name + " is cut off or damaged (" + Messages.of(e) + ")" + AGAIN, e);
    } catch (RuntimeException e) {
      // The readers fail on damaged files in every way: indices, casts, null, negative sizes.
      throw new FileException(name + " is damaged" + AGAIN, e);
    } catch (OutOfMemoryError e) {
      throw tooLittleMemory(name, e);
    }
  }

  private static Decoded decode(
      ImageReader reader, MemoryInputStream stream, String name, long maxPixels)
      throws IOException {
    Damage damage = new Damage();
    reader.addIIOReadWarningListener(damage);
    reader.setInput(stream, true, true);
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (width < 1 || height < 1) {
      throw new FileException(name + " has no pixels" + AGAIN);
    }
    if (width * height > maxPixels) {
      throw new FileException(
          name
              + " has "
              + width
              + " x "
              + height
              + " pixels, more than the limit of "
              + maxPixels
              + ": make a smaller copy");
    }
    BufferedImage image = reader.read(0);
    if (damage.found) {
      throw new FileException(name + " is cut off or damaged" + AGAIN);
    }
    return new Decoded(image, reader.getFormatName().toLowerCase(Locale.ROOT));
  }

  /** RIFF states its length; the WebP reader fills in zeros where the file ends early. */
  private static boolean isCutOffWebp(byte[] content) {
    if (content.length < 12 || content[0] != 'R' || content[8] != 'W' || content[11] != 'P') {
      return false;
    }
    long riff = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xffffffffL;
    return content.length < riff + 8;
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
      found |= text.contains("truncat") || text.contains("premature") || text.contains("eoi");
    }
  }
}
