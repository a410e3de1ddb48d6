package dev.deltadepth.core.space;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The depth that a phone stored in a photo as a grey picture, by what the XMP metadata say:
 * Google's GDepth (the picture is in the metadata), Android's Dynamic Depth 1.0 (behind the photo,
 * found by a directory in the metadata), both with 8 bits between a near and a far distance,
 * RangeLinear or RangeInverse; and Apple's, with the values of black and white, {@code disparity}
 * in 1/m or {@code depth} in metres, in a picture with metadata of its own.
 *
 * <p>Sources: Google, "Depth map metadata" and "Dynamic Depth 1.0"; Apple, "AVDepthData".
 */
public final class StoredDepth {
  private static final String APPLES_KIND = "apdi:AuxiliaryImageType";
  private static final String APPLES_BLACK = "apdi:FloatMinValue";
  private static final String APPLES_WHITE = "apdi:FloatMaxValue";
  private static final String APPLES_ACCURACY = "depthData:Accuracy";

  private static final String DIRECTORY = "Directory[";

  private final Map<String, String> properties;

  /**
   * @param properties all that is said in XMP, by its path with the usual prefixes, such as {@code
   *     GDepth:Near} or {@code Container:Directory[1]/Container:Item/Item:Length}
   */
  public StoredDepth(Map<String, String> properties) {
    this.properties = properties;
  }

  /** Whether these are the metadata of a picture in which Apple's phones store depth. */
  public boolean isApples() {
    String kind = properties.getOrDefault(APPLES_KIND, "");
    return kind.equals("disparity") || kind.equals("depth");
  }

  /**
   * The map of Apple's picture, which {@link #isApples}.
   *
   * @param grey the picture, whose first channel counts
   * @return a map of its size: metres if it is measured, NaN where it is not positive; else
   *     disparity
   * @throws IllegalArgumentException if its range is damaged
   */
  public DepthMap apples(RgbImage grey) {
    double black = number(APPLES_BLACK);
    double white = number(APPLES_WHITE);
    if (!isApples() || !(white > black)) {
      throw new IllegalArgumentException(
          "its stored depth has no valid range (" + black + " to " + white + ")");
    }
    boolean metres = properties.getOrDefault(APPLES_KIND, "").equals("depth");
    boolean measured =
        metres || properties.getOrDefault(APPLES_ACCURACY, "relative").equals("absolute");
    boolean asItIs = metres || !measured;
    float[] values = new float[grey.width() * grey.height()];
    for (int i = 0; i < values.length; i++) {
      double value = black + (grey.data()[3 * i] & 0xff) / 255.0 * (white - black);
      values[i] = (float) (asItIs ? value : value > 0 ? 1 / value : Double.NaN);
    }
    return new DepthMap(
        measured ? Kind.METRES : Kind.DISPARITY, grey.width(), grey.height(), values);
  }

  private double number(String key) {
    String text = properties.getOrDefault(key, "");
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + key + "' of its stored depth is not a number: '" + text + "'", e);
    }
  }

  /**
   * The file of the picture that GDepth or Dynamic Depth stored.
   *
   * @param photo the photo's file
   * @return empty if there is none
   * @throws IllegalArgumentException if it is damaged or cut off
   */
  public Optional<byte[]> googlesPicture(byte[] photo) {
    Optional<String> inside = value("", "GDepth:Data");
    if (!inside.isPresent()) {
      return behind(photo);
    }
    try {
      return Optional.of(Base64.getDecoder().decode(inside.get().replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its stored depth is damaged; copy the photo again", e);
    }
  }

  /** The items behind the photo lie one after the other, the last at the end of the file. */
  private Optional<byte[]> behind(byte[] photo) {
    Optional<String> wanted = value("", "DepthURI");
    long end = photo.length;
    for (int i = items(); i >= 1; i--) {
      String item = DIRECTORY + i + "]/";
      long length = number(item, "Item:Length").orElse(0.0).longValue();
      boolean depth =
          value(item, "Item:Semantic").filter("depth"::equalsIgnoreCase).isPresent()
              || (wanted.isPresent() && value(item, "Item:DataURI").equals(wanted));
      if (depth) {
        if (length < 1 || length > end) {
          throw new IllegalArgumentException(
              "its stored depth is cut off; a program that edited the photo may have dropped it");
        }
        return Optional.of(Arrays.copyOfRange(photo, (int) (end - length), (int) end));
      }
      // Any number may stand there.
      end = Math.max(0, end - Math.max(0, length));
    }
    return Optional.empty();
  }

  private int items() {
    int most = 0;
    for (String key : properties.keySet()) {
      int open = key.indexOf(DIRECTORY);
      int close = key.indexOf(']', Math.max(0, open));
      if (open >= 0 && close > open) {
        String number = key.substring(open + DIRECTORY.length(), close);
        most = number.matches("\\d{1,3}") ? Math.max(most, Integer.parseInt(number)) : most;
      }
    }
    return most;
  }

  /**
   * The map of the picture that GDepth or Dynamic Depth stored.
   *
   * @param grey the picture, whose first channel counts
   * @return a map of its size: metres if the phone states a unit, else disparity
   * @throws IllegalArgumentException if its range is damaged
   */
  public DepthMap googles(RgbImage grey) {
    double near = number("", "Near").orElse(Double.NaN);
    double far = number("", "Far").orElse(Double.NaN);
    if (!(near > 0 && far > near)) {
      throw new IllegalArgumentException(
          "its stored depth has no valid range (near " + near + ", far " + far + ")");
    }
    boolean linear = value("", "Format").filter("RangeLinear"::equalsIgnoreCase).isPresent();
    String unit = value("", "Units").orElse("").toLowerCase(Locale.ROOT);
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
    return new DepthMap(kind, grey.width(), grey.height(), values);
  }

  private Optional<Double> number(String within, String key) {
    try {
      return value(within, key).map(Double::valueOf);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + key + "' of its stored depth is not a number", e);
    }
  }

  /** By the end of a property's path, because phones nest them differently. */
  private Optional<String> value(String within, String key) {
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

  /**
   * Turns a map that is stored as its photo is.
   *
   * @param orientation of the photo by EXIF, 1 to 8
   */
  public static DepthMap upright(DepthMap stored, int orientation) {
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
}
