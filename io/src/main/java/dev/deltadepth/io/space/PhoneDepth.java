package dev.deltadepth.io.space;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.xmp.XmpDirectory;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The depth that a phone stored in a photo: Google's GDepth (a picture in the XMP metadata of a
 * JPEG), Android's Dynamic Depth 1.0 (a picture behind a JPEG, found by a directory in the XMP
 * metadata) and Apple's ({@link AppleDepth}). The first two hold 8 bits between a near and a far
 * distance, RangeLinear or RangeInverse; values of 16 bits are read as 8.
 */
public final class PhoneDepth {
  private static final String NEITHER =
      ": it holds no depth that a phone stored (GDepth, Dynamic Depth or Apple's, in a JPEG or HEIC)";

  private PhoneDepth() {}

  /**
   * Reads the depth of a photo.
   *
   * @return upright, in its own size and of the photo's shape: metres if the phone states a unit,
   *     else disparity
   * @throws FileException if the file cannot be read, or holds no depth or a damaged one
   */
  public static DepthMap read(Path photo) {
    return read(ImageFiles.content(photo), photo.toString())
        .orElseThrow(() -> new FileException(photo + NEITHER));
  }

  /**
   * Reads the depth from the content of a photo's file.
   *
   * @param name what to call it in messages
   * @return the same; empty if it holds none
   * @throws FileException if it is damaged
   */
  public static Optional<DepthMap> read(byte[] content, String name) {
    Metadata metadata = metadata(content);
    Optional<DepthMap> apple = AppleDepth.read(content, name, PhotoCamera.orientation(metadata));
    if (apple.isPresent()) {
      return apple;
    }
    Map<String, String> properties = properties(metadata);
    Optional<byte[]> picture = inside(properties, name).or(() -> behind(properties, content, name));
    if (picture.isEmpty()) {
      return Optional.empty();
    }
    RgbImage grey = ImageFiles.read(picture.get(), "the depth in " + name);
    return Optional.of(map(grey, properties, PhotoCamera.orientation(metadata), name));
  }

  /** A picture's metadata; none if it has none that can be read. */
  static Metadata metadata(byte[] content) {
    try {
      return ImageMetadataReader.readMetadata(new ByteArrayInputStream(content), content.length);
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      return new Metadata();
    }
  }

  /** Everything that is said in XMP, by its path. */
  static Map<String, String> properties(Metadata metadata) {
    Map<String, String> properties = new TreeMap<>();
    for (XmpDirectory directory : metadata.getDirectoriesOfType(XmpDirectory.class)) {
      properties.putAll(directory.getXmpProperties());
    }
    return properties;
  }

  private static Optional<byte[]> inside(Map<String, String> properties, String name) {
    Optional<String> data = value(properties, "GDepth:Data");
    try {
      return data.map(text -> Base64.getMimeDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new FileException(name + ": its stored depth is damaged; copy the photo again", e);
    }
  }

  /** The items behind the photo lie one after the other, the last at the end of the file. */
  private static Optional<byte[]> behind(
      Map<String, String> properties, byte[] content, String name) {
    Optional<String> wanted = value(properties, "DepthURI");
    long end = content.length;
    for (int i = items(properties); i >= 1; i--) {
      String item = "Directory[" + i + "]/";
      long length = number(properties, item, "Item:Length", name).orElse(0.0).longValue();
      boolean depth =
          value(properties, item, "Item:Semantic").filter("depth"::equalsIgnoreCase).isPresent()
              || (wanted.isPresent() && value(properties, item, "Item:DataURI").equals(wanted));
      if (depth) {
        if (length < 1 || length > end) {
          throw new FileException(
              name
                  + ": its stored depth is cut off; a program that edited the photo may have"
                  + " dropped it");
        }
        return Optional.of(Arrays.copyOfRange(content, (int) (end - length), (int) end));
      }
      end -= length;
    }
    return Optional.empty();
  }

  private static int items(Map<String, String> properties) {
    int most = 0;
    for (String key : properties.keySet()) {
      int open = key.indexOf("Directory[");
      int close = key.indexOf(']', Math.max(0, open));
      if (open >= 0 && close > open) {
        String number = key.substring(open + 10, close);
        most = number.matches("\\d{1,3}") ? Math.max(most, Integer.parseInt(number)) : most;
      }
    }
    return most;
  }

  private static DepthMap map(
      RgbImage grey, Map<String, String> properties, int orientation, String name) {
    double near = number(properties, "", "Near", name).orElse(Double.NaN);
    double far = number(properties, "", "Far", name).orElse(Double.NaN);
    if (!(near > 0 && far > near)) {
      throw new FileException(
          name + ": its stored depth has no valid range (near " + near + ", far " + far + ")");
    }
    boolean linear =
        value(properties, "Format").filter("RangeLinear"::equalsIgnoreCase).isPresent();
    String unit = value(properties, "Units").orElse("").toLowerCase(Locale.ROOT);
    boolean metres = unit.equals("m") || unit.startsWith("met");
    boolean millimetres = unit.equals("mm") || unit.startsWith("mil");
    float[] values = new float[grey.width() * grey.height()];
    for (int i = 0; i < values.length; i++) {
      double part = (grey.data()[3 * i] & 0xff) / 255.0;
      // The encodings of Google's depth map metadata, solved for the distance.
      double distance =
          linear ? near + part * (far - near) : far * near / (far - part * (far - near));
      values[i] = (float) (metres ? distance : millimetres ? distance / 1000 : 1 / distance);
    }
    Kind kind = metres || millimetres ? Kind.METRES : Kind.DISPARITY;
    return turned(new DepthMap(kind, grey.width(), grey.height(), values), orientation);
  }

  /** Depth is stored as the photo is. */
  static DepthMap turned(DepthMap stored, int orientation) {
    boolean exchanged = orientation >= 5 && orientation <= 8;
    boolean right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    boolean bottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    int width = exchanged ? stored.height() : stored.width();
    int height = exchanged ? stored.width() : stored.height();
    float[] values = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = exchanged ? y : x;
        int row = exchanged ? x : y;
        values[y * width + x] =
            stored.value(
                right ? stored.width() - 1 - column : column,
                bottom ? stored.height() - 1 - row : row);
      }
    }
    return new DepthMap(stored.kind(), width, height, values);
  }

  private static Optional<Double> number(
      Map<String, String> properties, String within, String key, String name) {
    Optional<String> text = value(properties, within, key);
    try {
      return text.map(Double::valueOf);
    } catch (NumberFormatException e) {
      throw new FileException(name + ": '" + key + "' of its stored depth is not a number", e);
    }
  }

  private static Optional<String> value(Map<String, String> properties, String key) {
    return value(properties, "", key);
  }

  /** By the end of a property's path, because phones nest them differently. */
  private static Optional<String> value(Map<String, String> properties, String within, String key) {
    for (Map.Entry<String, String> property : properties.entrySet()) {
      String path = property.getKey();
      boolean ends = path.endsWith(key.contains(":") ? key : ":" + key);
      // Near and Far stand in GDepth or DepthMap; other things may have them too.
      boolean ours = !within.isEmpty() || path.contains("Depth");
      if (ends && ours && path.contains(within)) {
        return Optional.of(property.getValue());
      }
    }
    return Optional.empty();
  }
}
