package dev.deltadepth.io.space;

import com.drew.metadata.Metadata;
import com.drew.metadata.xmp.XmpReader;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.PictureKind;
import dev.deltadepth.io.PictureReader;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The depth in Apple's portrait photos: an auxiliary picture of a HEIC file, or a further picture
 * behind a JPEG. Its metadata has the kind, {@code disparity} in 1/m or {@code depth} in metres,
 * and the values of black and white.
 *
 * <p>Sources: Apple, "AVDepthData" (accuracy, kinds); CIPA DC-007 (pictures behind a JPEG).
 */
final class AppleDepth {
  private static final String KIND = "apdi:AuxiliaryImageType";
  private static final String BLACK = "apdi:FloatMinValue";
  private static final String WHITE = "apdi:FloatMaxValue";
  private static final String ACCURACY = "depthData:Accuracy";

  private static final int MARKER = 0xff;
  private static final int APP2 = 0xe2;
  private static final int SCAN = 0xda;

  /** MPF's index of pictures, and the bytes of each of its entries. */
  private static final int INDEX = 0xb002;

  private static final int ENTRY = 16;
  private static final byte[] MPF = {'M', 'P', 'F', 0};

  private AppleDepth() {}

  /**
   * Reads it.
   *
   * @param orientation of the photo by EXIF, in which a JPEG's depth is stored; HEIC says it itself
   * @return upright: metres if it is measured, else disparity; empty if there is none
   * @throws FileException if it is damaged
   */
  static Optional<DepthMap> read(byte[] content, String name, int orientation) {
    PictureKind kind = PictureKind.of(content, name);
    if (kind == PictureKind.HEIC) {
      return PictureReader.of(kind)
          .flatMap(reader -> reader.depth(content, kind, name))
          .map(stored -> map(stored.grey(), properties(stored.metadata()), name));
    }
    if (kind != PictureKind.JPEG) {
      return Optional.empty();
    }
    for (byte[] picture : behind(content, name)) {
      Map<String, String> properties = PhoneDepth.properties(PhoneDepth.metadata(picture));
      if (isDepth(properties)) {
        RgbImage grey = ImageFiles.read(picture, "the depth in " + name);
        DepthMap map = map(grey, properties, name);
        return Optional.of(PhoneDepth.turned(map, orientation));
      }
    }
    return Optional.empty();
  }

  private static boolean isDepth(Map<String, String> properties) {
    String kind = properties.getOrDefault(KIND, "");
    return kind.equals("disparity") || kind.equals("depth");
  }

  private static Map<String, String> properties(String xmp) {
    Metadata metadata = new Metadata();
    new XmpReader().extract(xmp, metadata);
    return PhoneDepth.properties(metadata);
  }

  private static DepthMap map(RgbImage grey, Map<String, String> properties, String name) {
    double black = number(properties, BLACK, name);
    double white = number(properties, WHITE, name);
    if (!isDepth(properties) || !(white > black)) {
      throw new FileException(
          name + ": its stored depth has no valid range (" + black + " to " + white + ")");
    }
    boolean metres = properties.getOrDefault(KIND, "").equals("depth");
    boolean measured = metres || properties.getOrDefault(ACCURACY, "relative").equals("absolute");
    float[] values = new float[grey.width() * grey.height()];
    for (int i = 0; i < values.length; i++) {
      double value = black + (grey.data()[3 * i] & 0xff) / 255.0 * (white - black);
      boolean asItIs = metres || !measured;
      values[i] = (float) (asItIs ? value : value > 0 ? 1 / value : Double.NaN);
    }
    return new DepthMap(
        measured ? Kind.METRES : Kind.DISPARITY, grey.width(), grey.height(), values);
  }

  private static double number(Map<String, String> properties, String key, String name) {
    String text = properties.getOrDefault(key, "");
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new FileException(
          name + ": '" + key + "' of its stored depth is not a number: '" + text + "'", e);
    }
  }

  /** The pictures behind a JPEG's own, as its multi-picture index lists them; maybe none. */
  private static List<byte[]> behind(byte[] content, String name) {
    ByteBuffer file = ByteBuffer.wrap(content);
    try {
      for (int at = 2; (file.get(at) & 0xff) == MARKER; ) {
        int marker = file.get(at + 1) & 0xff;
        int length = file.getShort(at + 2) & 0xffff;
        int start = at + 4 + MPF.length;
        if (marker == SCAN) {
          break;
        }
        if (marker == APP2
            && length > MPF.length
            && Arrays.equals(MPF, Arrays.copyOfRange(content, at + 4, start))) {
          return listed(content, start, at + 2 + length);
        }
        at += 2 + length;
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new FileException(name + ": its list of pictures is damaged; copy the photo again", e);
    }
    return List.of();
  }

  /** Offsets count from the start of the index; the first picture is the photo itself. */
  private static List<byte[]> listed(byte[] content, int start, int end) {
    ByteBuffer index = ByteBuffer.wrap(content, start, end - start).slice();
    index.order(index.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int fields = index.getInt(4);
    int count = index.getShort(fields) & 0xffff;
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int field = fields + 2 + 12 * i;
      if ((index.getShort(field) & 0xffff) == INDEX) {
        int entries = index.getInt(field + 4) / ENTRY;
        int first = index.getInt(field + 8);
        for (int k = 1; k < entries; k++) {
          long size = index.getInt(first + ENTRY * k + 4) & 0xffffffffL;
          long from = start + (index.getInt(first + ENTRY * k + 8) & 0xffffffffL);
          if (from + size <= content.length) {
            pictures.add(Arrays.copyOfRange(content, (int) from, (int) (from + size)));
          }
        }
      }
    }
    return pictures;
  }
}
