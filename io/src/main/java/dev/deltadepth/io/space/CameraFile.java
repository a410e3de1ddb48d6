package dev.deltadepth.io.space;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Cameras in the files of calibration programs: YAML of OpenCV, YAML of ROS (camera_info), COLMAP's
 * cameras.txt and KITTI's calibration files, told apart by their content. Lenses are taken to be
 * free of distortion; those that are not belong to photos to be undistorted first.
 */
public final class CameraFile {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern COLMAP = Pattern.compile("\\d+ [A-Z_]+ \\d+ \\d+( \\S+)+");
  private static final List<String> MATRICES =
      List.of("camera_matrix", "Camera_Matrix", "cameraMatrix", "K", "k", "M1", "M", "intrinsics");
  private static final List<String> WIDTHS = List.of("image_width", "image_Width", "width");
  private static final List<String> HEIGHTS = List.of("image_height", "image_Height", "height");

  private CameraFile() {}

  /**
   * Reads a camera for a picture. If the file names another size of the same shape, the camera is
   * resized; if it names none, it is taken to be that of the picture.
   *
   * @param width of the picture, upright
   * @param height of the picture
   * @throws FileException if the file cannot be read or holds no such camera, several, or one of
   *     another shape
   */
  public static KnownCamera read(Path file, int width, int height) {
    String text = new String(ImageFiles.content(file), StandardCharsets.UTF_8);
    List<String> lines =
        text.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
    Matrix matrix =
        colmap(file, lines).or(() -> kitti(file, lines)).orElseGet(() -> yaml(file, text));
    try {
      Camera camera =
          new Camera(
              matrix.width > 0 ? matrix.width : width,
              matrix.height > 0 ? matrix.height : height,
              matrix.fx,
              matrix.fy,
              matrix.cx,
              matrix.cy);
      return new KnownCamera(fitted(file, camera, width, height), matrix.kind + " in " + file);
    } catch (IllegalArgumentException e) {
      throw new FileException(file + ": " + e.getMessage(), e);
    }
  }

  /** What a file says; a size of 0 is not known. */
  private record Matrix(
      String kind, int width, int height, double fx, double fy, double cx, double cy) {}

  private static Camera fitted(Path file, Camera camera, int width, int height) {
    double across = (double) width / camera.width();
    double down = (double) height / camera.height();
    if (Math.abs(across / down - 1) > 0.01) {
      throw new FileException(
          file
              + " is of a camera of "
              + camera.width()
              + "x"
              + camera.height()
              + " pixels, which is another shape than the photo's "
              + width
              + "x"
              + height
              + "; use the calibration of this camera, held this way");
    }
    return camera.resized(width, height);
  }

  private static Optional<Matrix> colmap(Path file, List<String> lines) {
    if (lines.isEmpty() || !lines.stream().allMatch(l -> COLMAP.matcher(l).matches())) {
      return Optional.empty();
    }
    if (lines.size() > 1) {
      throw new FileException(
          file + " holds " + lines.size() + " cameras: keep the line of the photo's camera only");
    }
    String[] words = lines.get(0).split(" ");
    int first = 4;
    boolean two =
        switch (words[1]) {
          case "SIMPLE_PINHOLE", "SIMPLE_RADIAL", "RADIAL" -> false;
          case "PINHOLE", "OPENCV", "FULL_OPENCV" -> true;
          default ->
              throw new FileException(
                  file
                      + ": cameras of the model "
                      + words[1]
                      + " are not supported; undistort the photos to PINHOLE");
        };
    if (words.length < first + (two ? 4 : 3)) {
      throw new FileException(file + " has too few parameters for the model " + words[1]);
    }
    double[] p = new double[words.length - first];
    for (int i = 0; i < p.length; i++) {
      p[i] = number(file, words[first + i]);
    }
    int o = two ? 1 : 0;
    // COLMAP counts from the picture's corner, as Camera does.
    return Optional.of(
        new Matrix(
            "COLMAP camera",
            (int) number(file, words[2]),
            (int) number(file, words[3]),
            p[0],
            p[o],
            p[1 + o],
            p[2 + o]));
  }

  /** The left colour camera: P2 of the object and odometry sets, P_rect_02 of the raw one. */
  private static Optional<Matrix> kitti(Path file, List<String> lines) {
    int width = 0;
    int height = 0;
    double[] projection = {};
    for (String line : lines) {
      String[] words = line.split("[:\\s]+");
      if (words.length == 13 && (words[0].equals("P2") || words[0].equals("P_rect_02"))) {
        projection = new double[12];
        for (int i = 0; i < 12; i++) {
          projection[i] = number(file, words[1 + i]);
        }
      } else if (words.length == 3 && words[0].equals("S_rect_02")) {
        width = (int) number(file, words[1]);
        height = (int) number(file, words[2]);
      }
    }
    return projection.length == 0
        ? Optional.empty()
        : Optional.of(
            ofMiddles(
                "KITTI calibration",
                width,
                height,
                List.of(
                    projection[0],
                    0.0,
                    projection[2],
                    0.0,
                    projection[5],
                    projection[6],
                    0.0,
                    0.0,
                    1.0)));
  }

  private static Matrix yaml(Path file, String text) {
    JsonNode root;
    try {
      // OpenCV writes a version as no YAML has it.
      root = YAML.readTree(text.replaceFirst("^\\uFEFF?%YAML:[^\\n]*\\n", ""));
    } catch (JsonProcessingException e) {
      throw notCamera(file);
    }
    for (String name : MATRICES) {
      JsonNode matrix = root.path(name);
      JsonNode data = matrix.isArray() ? matrix : matrix.path("data");
      List<Double> numbers = new ArrayList<>();
      collect(data, numbers);
      if (numbers.size() == 9) {
        return ofMiddles("calibration", size(root, WIDTHS, 0), size(root, HEIGHTS, 1), numbers);
      }
    }
    throw notCamera(file);
  }

  private static void collect(JsonNode data, List<Double> numbers) {
    if (data.isArray()) {
      data.forEach(row -> collect(row, numbers));
    } else if (data.isNumber()) {
      numbers.add(data.doubleValue());
    }
  }

  private static int size(JsonNode root, List<String> names, int inPair) {
    for (String name : names) {
      if (root.path(name).isInt()) {
        return root.path(name).intValue();
      }
    }
    return root.path("image_size").path(inPair).asInt(0);
  }

  /** OpenCV, ROS and KITTI count from the middle of the first pixel, and Camera from its corner. */
  private static Matrix ofMiddles(String kind, int width, int height, List<Double> k) {
    return new Matrix(kind, width, height, k.get(0), k.get(4), k.get(2) + 0.5, k.get(5) + 0.5);
  }

  private static double number(Path file, String word) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw new FileException(file + ": '" + word + "' is not a number", e);
    }
  }

  private static FileException notCamera(Path file) {
    return new FileException(
        file
            + " holds no camera: YAML of OpenCV or ROS with a camera_matrix, COLMAP's cameras.txt or"
            + " a KITTI calibration is needed");
  }
}
