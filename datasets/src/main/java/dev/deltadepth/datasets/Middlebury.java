package dev.deltadepth.datasets;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.PfmFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Middlebury stereo scenes from 2014 on (Scharstein et al., GCPR 2014): a folder per scene with
 * {@code im0.png}, the disparity of the left view as PFM ({@code disp0.pfm}, in the evaluation's
 * version {@code disp0GT.pfm}; infinity where it is unknown) and {@code calib.txt}. With focal
 * length f in pixels, baseline b in millimetres and the offset of the principal points, the depth
 * of a disparity d is {@code f b / (d + doffs)}.
 */
final class Middlebury {
  private static final List<String> DISPARITIES = List.of("disp0.pfm", "disp0GT.pfm");
  private static final double MILLIMETRES = 1000;

  private Middlebury() {}

  /**
   * Converts disparity to metres.
   *
   * @param focal times baseline, metres
   * @param offset pixels
   */
  private record Calibration(double focal, double offset) {
    private static final Pattern FOCAL = Pattern.compile("cam0\\s*=\\s*\\[\\s*([-+.\\deE]+)");
    private static final Pattern BASELINE = Pattern.compile("baseline\\s*=\\s*([-+.\\deE]+)");
    private static final Pattern OFFSET = Pattern.compile("doffs\\s*=\\s*([-+.\\deE]+)");

    static Calibration read(Path file) {
      String text = String.join("\n", Listing.lines(file));
      return new Calibration(
          number(FOCAL, text, file) * number(BASELINE, text, file) / MILLIMETRES,
          number(OFFSET, text, file));
    }

    private static double number(Pattern pattern, String text, Path file) {
      Matcher matcher = pattern.matcher(text);
      try {
        if (matcher.find()) {
          return Double.parseDouble(matcher.group(1));
        }
      } catch (NumberFormatException e) {
        throw new DatasetException(file + " is damaged: unpack the scene again", e);
      }
      throw new DatasetException(file + " lacks cam0, baseline or doffs: unpack the scene again");
    }
  }

  static boolean isAt(Path folder) {
    return !Listing.scenes(folder, Middlebury::isScene).isEmpty();
  }

  /**
   * Lists a scene, or a folder of them.
   *
   * @throws DatasetException if files are missing
   */
  static DataSet open(Path folder, DataSetFormat format) {
    List<Sample> samples = new ArrayList<>();
    for (Path scene : Listing.scenes(folder, Middlebury::isScene)) {
      samples.add(sample(scene));
    }
    return format.dataSet(samples);
  }

  private static boolean isScene(Path folder) {
    return disparity(folder).isPresent();
  }

  private static Optional<Path> disparity(Path scene) {
    return DISPARITIES.stream().map(scene::resolve).filter(Files::isRegularFile).findFirst();
  }

  private static Sample sample(Path scene) {
    Path picture = scene.resolve("im0.png");
    Path calibration = scene.resolve("calib.txt");
    for (Path needed : List.of(picture, calibration)) {
      if (!Files.isRegularFile(needed)) {
        throw new DatasetException(needed + " does not exist: unpack the scene again");
      }
    }
    Path disparity = disparity(scene).orElseThrow();
    return Sample.of(
        Listing.name(scene),
        picture.toString(),
        () -> ImageFiles.read(picture),
        () -> metres(PfmFile.read(disparity, DepthMap.Kind.DISPARITY), calibration));
  }

  private static DepthMap metres(DepthMap disparity, Path file) {
    Calibration calibration = Calibration.read(file);
    float[] values = disparity.data();
    for (int i = 0; i < values.length; i++) {
      double pixels = values[i] + calibration.offset();
      values[i] =
          Float.isFinite(values[i]) && pixels > 0
              ? (float) (calibration.focal() / pixels)
              : Float.NaN;
    }
    return new DepthMap(DepthMap.Kind.METRES, disparity.width(), disparity.height(), values);
  }
}
