package dev.deltadepth.io.space;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import dev.deltadepth.core.space.Camera;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * The camera that a photo's EXIF data describe: by FocalLengthIn35mmFilm, or else by FocalLength
 * and the size of the sensor, which is that of a pixel (FocalPlaneXResolution) times their number.
 */
public final class PhotoCamera {
  /** Sensors of phones and of medium format; others are a writer's mistake. */
  private static final double SMALLEST_SENSOR = 2;

  private static final double LARGEST_SENSOR = 70;

  private PhotoCamera() {}

  /**
   * The camera of a photo; empty if its file does not say.
   *
   * @param content of the photo's file
   * @param width of the picture as it was read, upright
   * @param height of the picture as it was read
   */
  public static Optional<KnownCamera> of(byte[] content, int width, int height) {
    try {
      Metadata metadata =
          ImageMetadataReader.readMetadata(new ByteArrayInputStream(content), content.length);
      return of(metadata, width, height);
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      // The metadata is damaged or of a kind that is not read: the camera is unknown.
      return Optional.empty();
    }
  }

  private static Optional<KnownCamera> of(Metadata metadata, int width, int height) {
    for (Directory exif : metadata.getDirectoriesOfType(ExifSubIFDDirectory.class)) {
      double film = number(exif, ExifDirectoryBase.TAG_35MM_FILM_EQUIV_FOCAL_LENGTH);
      if (film > 0) {
        return Optional.of(
            new KnownCamera(
                Camera.ofFocalLength35mm(width, height, film),
                text("%s mm on 35 mm film (EXIF)", film)));
      }
      Optional<KnownCamera> camera = bySensor(metadata, exif, width, height);
      if (camera.isPresent()) {
        return camera;
      }
    }
    return Optional.empty();
  }

  private static Optional<KnownCamera> bySensor(
      Metadata metadata, Directory exif, int width, int height) {
    double focal = number(exif, ExifDirectoryBase.TAG_FOCAL_LENGTH);
    double perUnit = number(exif, ExifDirectoryBase.TAG_FOCAL_PLANE_X_RESOLUTION);
    double perUnitDown = number(exif, ExifDirectoryBase.TAG_FOCAL_PLANE_Y_RESOLUTION);
    double columns = number(exif, ExifDirectoryBase.TAG_EXIF_IMAGE_WIDTH);
    double rows = number(exif, ExifDirectoryBase.TAG_EXIF_IMAGE_HEIGHT);
    double unit = unitMillimetres(number(exif, ExifDirectoryBase.TAG_FOCAL_PLANE_RESOLUTION_UNIT));
    double sensorWidth = columns * unit / perUnit;
    double sensorHeight = rows * unit / (perUnitDown > 0 ? perUnitDown : perUnit);
    if (!(focal > 0 && plausible(sensorWidth) && plausible(sensorHeight))) {
      return Optional.empty();
    }
    double fx = focal / sensorWidth;
    double fy = focal / sensorHeight;
    boolean exchanged = orientation(metadata) >= 5;
    return Optional.of(
        new KnownCamera(
            new Camera(
                width,
                height,
                (exchanged ? fy : fx) * width,
                (exchanged ? fx : fy) * height,
                width / 2.0,
                height / 2.0),
            text("%s mm before a sensor of %s x %s mm (EXIF)", focal, sensorWidth, sensorHeight)));
  }

  private static boolean plausible(double side) {
    return side >= SMALLEST_SENSOR && side <= LARGEST_SENSOR;
  }

  /** EXIF's 2 is the inch, which is also the default, 3 the centimetre; 4 and 5 are in use too. */
  private static double unitMillimetres(double unit) {
    return switch ((int) unit) {
      case 3 -> 10;
      case 4 -> 1;
      case 5 -> 0.001;
      default -> 25.4;
    };
  }

  static int orientation(Metadata metadata) {
    for (Directory exif : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
      Integer value = exif.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
      if (value != null) {
        return value;
      }
    }
    return 1;
  }

  private static double number(Directory exif, int tag) {
    Double value = exif.getDoubleObject(tag);
    return value == null || !Double.isFinite(value) ? 0 : value;
  }

  private static String text(String format, double... numbers) {
    Object[] rounded = new Object[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      String text = String.format(Locale.ROOT, "%.1f", numbers[i]);
      rounded[i] = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
    return String.format(Locale.ROOT, format, rounded);
  }
}
