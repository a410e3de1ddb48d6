package dev.deltadepth.io;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A camera's raw photo, of which the largest JPEG preview is read: the camera's own rendering, in
 * most files at full size.
 */
final class RawPhoto {

  private static final int NEW_SUBFILE_TYPE = 0xfe;
  private static final int PHOTOMETRIC = 0x106;
  private static final int MAKE = 0x10f;
  private static final int SUB_IFDS = 0x14a;
  private static final int DNG_VERSION = 0xc612;

  /** Colour filter array and linear raw: samples of a sensor. */
  private static final Set<Integer> SENSOR = Set.of(32803, 34892);

  /** Previews whose longer side is below this are thumbnails. */
  private static final int SMALLEST = 640;

  private RawPhoto() {}

  /** Whether a TIFF holds the samples of a sensor, or a reduced picture before them. */
  static boolean isRaw(byte[] tiff) {
    if (tiff.length > 10 && tiff[8] == 'C' && tiff[9] == 'R') {
      return true;
    }
    try {
      Metadata metadata = TiffMetadataReader.readMetadata(new ByteArrayInputStream(tiff));
      boolean reducedFirst = false;
      for (ExifDirectoryBase ifd : metadata.getDirectoriesOfType(ExifDirectoryBase.class)) {
        Integer photometric = ifd.getInteger(PHOTOMETRIC);
        if (ifd.containsTag(DNG_VERSION) || (photometric != null && SENSOR.contains(photometric))) {
          return true;
        }
        Integer subfile = ifd.getInteger(NEW_SUBFILE_TYPE);
        reducedFirst |=
            subfile != null && subfile == 1 && ifd.containsTag(MAKE) && ifd.containsTag(SUB_IFDS);
      }
      return reducedFirst;
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      // The TIFF's own reader says what is wrong with it.
      return false;
    }
  }

  /** The largest JPEG in a raw photo. */
  static byte[] preview(byte[] raw, String name) {
    int best = -1;
    ImageSize size = new ImageSize(0, 0);
    for (int at = 0; at + 3 < raw.length; at++) {
      if (raw[at] == (byte) 0xff && raw[at + 1] == (byte) 0xd8 && raw[at + 2] == (byte) 0xff) {
        Optional<ImageSize> found = size(raw, at);
        if (found.isPresent()
            && (long) found.get().width() * found.get().height()
                > (long) size.width() * size.height()) {
          best = at;
          size = found.get();
        }
      }
    }
    if (Math.max(size.width(), size.height()) < SMALLEST) {
      throw new FileException(
          name
              + " is a camera's raw photo "
              + (best < 0
                  ? "without a preview"
                  : "whose preview has only " + size.width() + " x " + size.height() + " pixels")
              + ": export it as JPEG or TIFF");
    }
    return Arrays.copyOfRange(raw, best, raw.length);
  }

  /** The size in the frame header of a baseline or progressive JPEG of 8 bits that starts there. */
  private static Optional<ImageSize> size(byte[] data, int start) {
    int at = start + 2;
    while (at + 9 < data.length && data[at] == (byte) 0xff) {
      int marker = data[at + 1] & 0xff;
      int length = word(data, at + 2);
      if (marker >= 0xc0 && marker <= 0xc2) {
        return data[at + 4] == 8
            ? Optional.of(new ImageSize(word(data, at + 7), word(data, at + 5)))
            : Optional.empty();
      }
      boolean other = marker == 0xc4 || (marker >= 0xdb && marker <= 0xfe);
      if (!other || length < 2) {
        return Optional.empty();
      }
      at += 2 + length;
    }
    return Optional.empty();
  }

  private static int word(byte[] data, int at) {
    return ((data[at] & 0xff) << 8) | (data[at + 1] & 0xff);
  }

  /** How the raw photo says it is to be turned. */
  static Orientation orientation(byte[] raw) {
    try {
      return Orientation.of(ImageMetadataReader.readMetadata(new ByteArrayInputStream(raw)));
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      return Orientation.UPRIGHT;
    }
  }
}
