package dev.deltadepth.cli.option;

import dev.deltadepth.estimate.Calibrator;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** {@code --near}, {@code --far}, {@code --calibrate}, {@code --calibration}: metres. */
public final class CalibrationOptions {
  @Option(
      names = "--near",
      paramLabel = "M",
      converter = Distance.class,
      description = "Metres to the nearest point of the photo; with --far, maps are in metres.")
  private Optional<Double> near = Optional.empty();

  @Option(
      names = "--far",
      paramLabel = "M",
      converter = Distance.class,
      description = "Metres to the farthest point.")
  private Optional<Double> far = Optional.empty();

  @Option(
      names = "--calibrate",
      paramLabel = "FILE|phone",
      description =
          """
          Instead of --near and --far: a file of pixels whose distance you know, two or better \
          six, each a line of column,row,metres (or JSON); a map of the same view in metres (png in \
          millimetres, pfm, npy, npz, exr); or 'phone' for the depth that a phone stored in the \
          photo.\
          """)
  private Optional<Path> measured = Optional.empty();

  @Option(
      names = "--keep-calibration",
      paramLabel = "FILE",
      description =
          "Keep what --calibrate, or --near and --far, gave in a JSON file for other photos.")
  private Optional<Path> keep = Optional.empty();

  @Option(
      names = "--calibration",
      paramLabel = "FILE",
      description =
          "Metres from a file that --keep-calibration wrote, for a camera that does not move.")
  private Optional<Path> kept = Optional.empty();

  @Option(
      names = "--steps-per-metre",
      paramLabel = "N",
      converter = Steps.class,
      defaultValue = "1000",
      description =
          """
          For png16 in metres: how many grey values a metre is; 1000 are millimetres, 256 is as \
          KITTI has it (default: ${DEFAULT-VALUE}).\
          """)
  private int steps = 1000;

  /** A distance in metres. */
  static final class Distance extends Decimal {
    Distance() {
      super("0.001", "1000000");
    }
  }

  /** Steps a metre. */
  static final class Steps extends WholeNumber {
    Steps() {
      super(1, 65_535);
    }
  }

  /** What is wrong with these options together. */
  public Optional<String> contradiction() {
    if (near.isPresent() != far.isPresent()) {
      return Optional.of("--near and --far need each other");
    }
    if (near.isPresent() && near.get() >= far.orElseThrow()) {
      return Optional.of("--far must be beyond --near");
    }
    if (Stream.of(near, measured, kept).filter(Optional::isPresent).count() > 1) {
      return Optional.of("--near and --far, --calibrate and --calibration exclude each other");
    }
    if (keep.isPresent() && near.isEmpty() && measured.isEmpty()) {
      return Optional.of("--keep-calibration needs --calibrate, or --near and --far");
    }
    return Optional.empty();
  }

  /** Whether what was given belongs to a single photo. */
  public boolean isOfOnePhoto() {
    return (measured.isPresent() && !isPhone(measured.get())) || keep.isPresent();
  }

  /** What was asked for; empty if nothing was. */
  public Optional<Calibrator> calibrator() {
    Optional<Calibrator> calibrator =
        near.map(metres -> Calibrator.range(metres, far.orElseThrow()))
            .or(() -> measured.map(CalibrationOptions::ofFile))
            .or(() -> kept.map(Calibrator::kept));
    return keep.isPresent() ? calibrator.map(made -> made.keeping(keep.get())) : calibrator;
  }

  private static Calibrator ofFile(Path file) {
    return isPhone(file) ? Calibrator.phone() : Calibrator.file(file);
  }

  private static boolean isPhone(Path file) {
    return file.toString().equals("phone");
  }

  /** Steps a metre of 16-bit PNG. */
  public int steps() {
    return steps;
  }
}
