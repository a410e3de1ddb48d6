package dev.deltadepth.datasets;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.metrics.Crop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The test pictures of Eigen et al. (NIPS 2014) in KITTI's raw recordings (Geiger et al., IJRR
 * 2013) with the annotated depth of Uhrig et al. (3DV 2017): 16-bit PNG, metres times 256.
 *
 * <p>A list beside the pictures names them, in any of its common forms: {@code
 * DATE/DRIVE/image_02/data/0000000069.png} and more on the line (Monodepth, SfMLearner; BTS with
 * the depth's file or {@code None}), or {@code DATE/DRIVE 0000000069 l} (Monodepth2). KITTI has no
 * annotations for frames at the ends of a drive, so 652 of the 697 pictures have ground truth; the
 * others are left out.
 */
final class Kitti {
  private static final List<String> LISTS =
      List.of(
          "eigen_test_files_with_gt.txt",
          "eigen_test_files.txt",
          "test_files_eigen.txt",
          "test_files.txt");
  private static final List<String> PICTURE_ROOTS = List.of("", "raw", "raw_data", "kitti_raw");
  private static final List<String> DEPTH_ROOTS =
      List.of(
          "",
          "train",
          "val",
          "data_depth_annotated",
          "data_depth_annotated/train",
          "data_depth_annotated/val");
  private static final double STEPS_A_METRE = 256;
  private static final int LISTED = 697;
  private static final int ANNOTATED = 652;

  private Kitti() {}

  /** A picture's place. */
  private record Frame(String date, String drive, int camera, String number) {
    private static final Pattern BY_FILE =
        Pattern.compile(
            "(\\d{4}_\\d\\d_\\d\\d)/(\\w+_sync)/image_0([23])/data/(\\d+)\\.(?:png|jpg)\\b.*");
    private static final Pattern BY_NUMBER =
        Pattern.compile("(\\d{4}_\\d\\d_\\d\\d)/(\\w+_sync)\\s+(\\d+)\\s+([lr])");

    static Frame of(String line, Path list) {
      Matcher file = BY_FILE.matcher(line);
      if (file.matches()) {
        return new Frame(
            file.group(1), file.group(2), Integer.parseInt(file.group(3)), file.group(4));
      }
      Matcher number = BY_NUMBER.matcher(line);
      if (number.matches()) {
        return new Frame(
            number.group(1),
            number.group(2),
            number.group(4).equals("l") ? 2 : 3,
            "0".repeat(Math.max(10 - number.group(3).length(), 0)) + number.group(3));
      }
      throw new DatasetException(
          list
              + " has the line '"
              + line
              + "', which does not name a KITTI picture: copy it again");
    }

    String id() {
      return drive + "/image_0" + camera + "/" + number;
    }
  }

  static boolean isAt(Path folder) {
    return list(folder).isPresent();
  }

  /**
   * Lists the pictures.
   *
   * @param cut whether pictures and ground truth are cut to 1216x352, as the benchmark's are
   * @throws DatasetException if files are missing
   */
  static DataSet open(Path folder, DataSetFormat format, boolean cut) {
    Path list =
        list(folder)
            .orElseThrow(
                () ->
                    new DatasetException(
                        folder
                            + " has no list of the test pictures: put eigen_test_files.txt there"));
    List<String> lines = Listing.lines(list);
    List<Sample> samples = new ArrayList<>();
    for (String line : lines) {
      Frame frame = Frame.of(line, list);
      Path picture = picture(folder, frame);
      depth(folder, frame).ifPresent(depth -> samples.add(sample(frame, picture, depth, cut)));
    }
    if (lines.size() == LISTED) {
      format.requireCount(samples, ANNOTATED, folder);
    }
    return format.dataSet(samples);
  }

  private static Optional<Path> list(Path folder) {
    return LISTS.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  private static Path picture(Path folder, Frame frame) {
    String place = frame.date() + "/" + frame.drive() + "/image_0" + frame.camera() + "/data/";
    for (String root : PICTURE_ROOTS) {
      for (String ending : List.of(".png", ".jpg")) {
        Path file = folder.resolve(root).resolve(place + frame.number() + ending);
        if (Files.isRegularFile(file)) {
          return file;
        }
      }
    }
    throw new DatasetException(
        folder.resolve(place + frame.number() + ".png")
            + " does not exist, nor below raw: unpack KITTI's raw recordings (synced) there");
  }

  /** The annotated depth; empty if the drive exists but this frame was not annotated. */
  private static Optional<Path> depth(Path folder, Frame frame) {
    String place = frame.drive() + "/proj_depth/groundtruth/image_0" + frame.camera();
    List<Path> drives =
        DEPTH_ROOTS.stream()
            .map(root -> folder.resolve(root).resolve(place))
            .filter(Files::isDirectory)
            .toList();
    if (drives.isEmpty()) {
      throw new DatasetException(
          folder.resolve(place)
              + " does not exist, nor below train and val: unpack KITTI's annotated depth there");
    }
    return drives.stream()
        .map(drive -> drive.resolve(frame.number() + ".png"))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Sample sample(Frame frame, Path picture, Path depth, boolean cut) {
    return Sample.of(
        frame.id(),
        picture.toString(),
        () -> cut ? cut(ImageFiles.read(picture)) : ImageFiles.read(picture),
        () -> {
          DepthMap map = GreyDepth.metres(depth, STEPS_A_METRE);
          return cut ? cut(map) : map;
        });
  }

  private static RgbImage cut(RgbImage image) {
    Crop.Box box = Crop.KITTI_BENCHMARK.in(image.width(), image.height());
    int row = 3 * (box.right() - box.left());
    byte[] data = new byte[row * (box.bottom() - box.top())];
    for (int y = box.top(); y < box.bottom(); y++) {
      int from = 3 * (y * image.width() + box.left());
      System.arraycopy(image.data(), from, data, row * (y - box.top()), row);
    }
    return new RgbImage(row / 3, box.bottom() - box.top(), data);
  }

  private static DepthMap cut(DepthMap map) {
    Crop.Box box = Crop.KITTI_BENCHMARK.in(map.width(), map.height());
    int row = box.right() - box.left();
    float[] data = new float[row * (box.bottom() - box.top())];
    for (int y = box.top(); y < box.bottom(); y++) {
      int from = y * map.width() + box.left();
      System.arraycopy(map.data(), from, data, row * (y - box.top()), row);
    }
    return new DepthMap(map.kind(), row, box.bottom() - box.top(), data);
  }
}
