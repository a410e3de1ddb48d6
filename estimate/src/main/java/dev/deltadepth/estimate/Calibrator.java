package dev.deltadepth.estimate;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.space.Calibration;
import dev.deltadepth.core.space.Fit;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.io.map.MapDescription;
import dev.deltadepth.io.map.MapDescription.Origin;
import dev.deltadepth.io.map.MetricPng;
import dev.deltadepth.io.map.StoredMap;
import dev.deltadepth.io.space.CalibrationFile;
import dev.deltadepth.io.space.PhoneDepth;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where the metres of a map are from. */
@FunctionalInterface
public interface Calibrator {

  /**
   * The calibration of a photo's map.
   *
   * @param photo its file
   * @param map its disparity
   * @param origin what estimated the map
   * @param notes is told what the user should know, in sentences
   * @throws FileException if it cannot be had; the message names the file
   */
  Calibration of(Path photo, DepthMap map, Origin origin, Consumer<String> notes);

  /** The rule for maps of which no distance is known, {@link Calibration#ofRatio}. */
  static Calibrator unknown() {
    return (photo, map, origin, notes) -> {
      notes.accept(
          "no distance is known, so the farthest point is taken to be "
              + Math.round(Calibration.DEFAULT_RATIO)
              + " times as far as the nearest; give --near and --far or --calibrate");
      return named(photo, () -> Calibration.ofRatio(map, Calibration.DEFAULT_RATIO));
    };
  }

  /** The distances of the nearest and farthest point, in metres. */
  static Calibrator range(double near, double far) {
    return (photo, map, origin, notes) -> named(photo, () -> Calibration.ofRange(map, near, far));
  }

  /** Of maps that hold 1/metres: those of models that predict metres. */
  static Calibrator ofMetricModel() {
    return (photo, map, origin, notes) -> Calibration.metric(1, 0);
  }

  /**
   * One that was kept, see {@link CalibrationFile#read}. Where a map was estimated in another way
   * than the one it was made from, a note says so, once for each way.
   */
  static Calibrator kept(Path file) {
    CalibrationFile.Kept kept = CalibrationFile.read(file);
    Set<String> said = ConcurrentHashMap.newKeySet();
    return (photo, map, origin, notes) -> {
      kept.difference(origin)
          .map(difference -> file + " may not fit: " + difference + "; measure again")
          .filter(said::add)
          .ifPresent(notes);
      return kept.calibration();
    };
  }

  /** The depth that a phone stored in the photo itself, see {@link PhoneDepth}. */
  static Calibrator phone() {
    return (photo, map, origin, notes) -> {
      DepthMap stored = PhoneDepth.read(photo);
      if (stored.kind() != DepthMap.Kind.METRES) {
        throw new FileException(
            photo + ": the depth that the phone stored has no unit; use --near and --far");
      }
      return named(photo, () -> Fit.toReference(map, stored));
    };
  }

  /**
   * Points with known distances (CSV, JSON), or another map of the same view in metres: one of this
   * program, PFM, NPY, NPZ or EXR in metres, or a 16-bit PNG in millimetres.
   */
  static Calibrator file(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean isMap =
        name.endsWith(".png")
            || name.endsWith(".pfm")
            || name.endsWith(".npy")
            || name.endsWith(".npz")
            || name.endsWith(".exr");
    return isMap
        ? (photo, map, origin, notes) -> named(file, () -> Fit.toReference(map, reference(file)))
        : (photo, map, origin, notes) -> points(map, file, notes);
  }

  private static Calibration points(DepthMap map, Path file, Consumer<String> notes) {
    Fit fit = CalibrationFile.fit(map, file);
    for (Fit.Residual residual : fit.residuals()) {
      String fitted =
          Double.isNaN(residual.fitted())
              ? "behind the camera"
              : String.format(
                  Locale.ROOT,
                  "%.2f m in the map (%+.0f %%)",
                  residual.fitted(),
                  100 * residual.error());
      notes.accept(
          String.format(
              Locale.ROOT,
              "%s: %.2f m given, %s%s",
              residual.point().name(),
              residual.point().metres(),
              fitted,
              residual.used() ? "" : "; does not fit the others and is left out"));
    }
    return fit.calibration();
  }

  private static DepthMap reference(Path file) {
    StoredMap stored = StoredMap.read(file);
    DepthMap map = stored.map();
    if (map.kind() == DepthMap.Kind.METRES) {
      return map;
    }
    if (stored.description().map(MapDescription::kind).isPresent()) {
      throw new FileException(file + " holds relative depth; a map in metres is needed");
    }
    if (!String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".png")) {
      return new DepthMap(DepthMap.Kind.METRES, map.width(), map.height(), map.data());
    }
    GreyImage grey = GreyImage.read(file);
    if (grey.bits() != 16) {
      throw new FileException(
          file + " has " + grey.bits() + " bits; a 16-bit PNG in millimetres is needed");
    }
    float[] metres = new float[grey.data().length];
    for (int i = 0; i < metres.length; i++) {
      metres[i] = grey.data()[i] == 0 ? Float.NaN : (float) grey.data()[i] / MetricPng.MILLIMETRES;
    }
    return new DepthMap(DepthMap.Kind.METRES, grey.width(), grey.height(), metres);
  }

  /** The same, and the calibration is kept in a file. */
  default Calibrator keeping(Path file) {
    return (photo, map, origin, notes) -> {
      Calibration calibration = of(photo, map, origin, notes);
      CalibrationFile.write(calibration, origin, file);
      return calibration;
    };
  }

  private static Calibration named(Path file, Supplier<Calibration> calibration) {
    try {
      return calibration.get();
    } catch (IllegalArgumentException e) {
      throw new FileException(file + ": " + e.getMessage(), e);
    }
  }
}
