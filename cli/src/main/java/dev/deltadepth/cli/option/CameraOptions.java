package dev.deltadepth.cli.option;

import dev.deltadepth.estimate.CameraSource;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --camera}, {@code --focal}, {@code --fov}: how wide the camera sees. */
public final class CameraOptions {
  @Option(
      names = "--focal",
      paramLabel = "MM",
      converter = Focal.class,
      description =
          """
          For 3D: how wide the camera sees, as a focal length on 35 mm film (phones: 24 to 28), or \
          in pixels, such as 1200px (default: from the photo's EXIF data, else as if it saw 60 \
          degrees).\
          """)
  private Optional<CameraSource> focal = Optional.empty();

  @Option(
      names = "--fov",
      paramLabel = "DEGREES",
      converter = Degrees.class,
      description = "Instead of --focal: the angle that the photo's longer side spans.")
  private Optional<Double> fieldOfView = Optional.empty();

  @Option(
      names = "--camera",
      paramLabel = "FILE",
      description =
          "Instead of both: a calibration file of OpenCV, ROS (YAML), COLMAP (cameras.txt) or KITTI.")
  private Optional<Path> file = Optional.empty();

  /** An angle. */
  static final class Degrees extends Decimal {
    Degrees() {
      super("1", "179");
    }
  }

  /** Millimetres on film, or pixels. */
  static final class Focal implements ITypeConverter<CameraSource> {
    @Override
    public CameraSource convert(String text) {
      String number = text.strip().toLowerCase(Locale.ROOT);
      boolean pixels = number.endsWith("px");
      if (pixels || number.endsWith("mm")) {
        number = number.substring(0, number.length() - 2);
      }
      try {
        double length = Double.parseDouble(number);
        if (length > 0 && length < 1e6) {
          return pixels ? CameraSource.pixels(length) : CameraSource.film(length);
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw new TypeConversionException(
          "must be millimetres on 35 mm film such as 26, or pixels such as 1200px, not '"
              + text
              + "'");
    }
  }

  /** Whether more than one is given. */
  public boolean contradicts() {
    return Stream.of(focal, fieldOfView, file).filter(Optional::isPresent).count() > 1;
  }

  /** What was asked for, else what photos say. */
  public CameraSource source() {
    return focal
        .or(() -> fieldOfView.map(CameraSource::fieldOfView))
        .or(() -> file.map(CameraSource::file))
        .orElse(CameraSource.photo());
  }
}
