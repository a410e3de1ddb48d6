package dev.deltadepth.datasets;

import dev.deltadepth.core.DeltaException;
import dev.deltadepth.metrics.Crop;
import dev.deltadepth.metrics.Region;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The data sets that are read as distributed. {@code docs/datasets.md} says how their folders look,
 * where to get them, and which published figures they compare with.
 */
public final class DataSets {
  private static final Origin NYU = new Origin("none stated; cite", "Silberman et al., ECCV 2012");
  private static final Origin KITTI =
      new Origin("CC BY-NC-SA 3.0", "Geiger et al., IJRR 2013; Uhrig et al., 3DV 2017");

  private static final String NYU_SOURCE =
      "the project page of NYU Depth Dataset V2, or a copy as picture files";
  private static final String KITTI_LAYOUT =
      "eigen_test_files.txt, raw/DATE/DRIVE, train/DRIVE/proj_depth and val/DRIVE/proj_depth";
  private static final String KITTI_SOURCE =
      "KITTI's site: raw data (synced) and annotated depth; the list from any code that uses it";

  /** The smallest disparity, 1e-3, in metres. */
  private static final double NO_CAP = 1000;

  private static final List<DataSetFormat> KNOWN =
      List.of(
          // First, because a description takes precedence over what the folder looks like.
          new DataSetFormat(
              "pairs",
              "your own pictures and depth maps, described by an eval.json",
              "eval.json and the folders that it names",
              "docs/evaluation.md has the format",
              new Origin("", ""),
              Region.upTo(10),
              PairFolder::isAt,
              (path, format) -> PairFolder.open(path)),
          nyu(
              "nyu",
              "depth as measured",
              "sync_depth_N.png or depth_N.png",
              "rawDepths",
              List.of("sync_depth_", "depth_")),
          nyu(
              "nyu-filled",
              "depth with its holes filled in",
              "filled_N.png",
              "depths",
              List.of("filled_")),
          new DataSetFormat(
              "kitti",
              "KITTI, Eigen's test split with annotated depth",
              KITTI_LAYOUT,
              KITTI_SOURCE,
              KITTI,
              new Region(80, Crop.GARG),
              Kitti::isAt,
              (path, format) -> Kitti.open(path, format, false)),
          new DataSetFormat(
              "kitti-cut",
              "KITTI, the same, pictures cut to 1216x352 first",
              KITTI_LAYOUT,
              KITTI_SOURCE,
              KITTI,
              new Region(1e-5, 80, Crop.KITTI_EIGEN),
              Kitti::isAt,
              (path, format) -> Kitti.open(path, format, true)),
          new DataSetFormat(
              "diode",
              "DIODE, validation split, indoors and outdoor",
              "indoors and outdoor, each with SCENE/SCAN/NAME.png, NAME_depth.npy and NAME_depth_mask.npy",
              "diode-dataset.org",
              new Origin("MIT", "Vasiljevic et al., DIODE, 2019 (arXiv 1908.00463)"),
              new Region(0.6, 350, Crop.NONE),
              Diode::isAt,
              (path, format) -> Diode.open(path, format, 325, 446)),
          new DataSetFormat(
              "eth3d",
              "ETH3D, high-resolution multi-view training scenes",
              "SCENE/images/dslr_images and SCENE/ground_truth_depth/dslr_images",
              "eth3d.net: training data, DSLR images and depth",
              new Origin("CC BY-NC-SA 4.0", "Schoeps et al., CVPR 2017"),
              new Region(1e-5, NO_CAP, Crop.NONE),
              Eth3d::isAt,
              Eth3d::open),
          new DataSetFormat(
              "middlebury",
              "Middlebury stereo, scenes from 2014 on",
              "SCENE/im0.png with disp0.pfm or disp0GT.pfm, and calib.txt",
              "vision.middlebury.edu/stereo: 2014 datasets, or the evaluation's training scenes",
              new Origin("research use", "Scharstein et al., GCPR 2014"),
              Region.upTo(NO_CAP),
              Middlebury::isAt,
              Middlebury::open),
          new DataSetFormat(
              "scannet",
              "ScanNet, frames exported as JPEG and PNG",
              "SCAN/color/N.jpg and SCAN/depth/N.png",
              "ScanNet's site, after signing its terms; exported by its SensReader",
              new Origin("ScanNet Terms of Use, non-commercial", "Dai et al., CVPR 2017"),
              Region.upTo(10),
              ScanNet::isAt,
              ScanNet::open),
          new DataSetFormat(
              "tum",
              "TUM RGB-D benchmark, any of its sequences",
              "SEQUENCE/rgb.txt and SEQUENCE/depth.txt with the files that they list",
              "the site of the TUM Computer Vision Group",
              new Origin("CC BY 4.0", "Sturm et al., IROS 2012"),
              Region.upTo(10),
              TumRgbd::isAt,
              TumRgbd::open),
          new DataSetFormat(
              "ibims",
              "iBims-1, MATLAB files or PNG",
              "imagelist.txt with NAME.mat, or with rgb, depth, mask_invalid and mask_transp",
              "the site of TU Munich's Remote Sensing Technology; files at mediaTUM",
              new Origin("see its page at mediaTUM", "Koch et al., ECCV Workshops 2018"),
              Region.upTo(50),
              Ibims::isAt,
              Ibims::open),
          // Last, because photos have to be read to see it.
          new DataSetFormat(
              "phone",
              "your own photos in which a phone stored depth",
              "JPEG photos with GDepth or Dynamic Depth",
              "the portrait mode of Android phones",
              new Origin("your own", ""),
              Region.upTo(10),
              PhonePhotos::isAt,
              PhonePhotos::open));

  private DataSets() {}

  /**
   * A form of NYU Depth V2.
   *
   * @param matrix the name of the depth in the labelled file
   * @param prefixes of the depth files in a folder, the preferred first
   */
  private static DataSetFormat nyu(
      String name, String depth, String files, String matrix, List<String> prefixes) {
    return new DataSetFormat(
        name,
        "NYU Depth V2, official test split, " + depth,
        "nyu_depth_v2_labeled.mat and splits.mat, or test/SCENE/rgb_N with " + files,
        NYU_SOURCE,
        NYU,
        new Region(10, Crop.NYU_EIGEN),
        path -> NyuMat.isAt(path) || NyuFolder.isAt(path),
        (path, format) ->
            NyuMat.isAt(path)
                ? NyuMat.open(path, format, matrix)
                : NyuFolder.open(path, format, prefixes, 654));
  }

  /** All formats, in the order in which they are listed. */
  public static List<DataSetFormat> known() {
    return KNOWN;
  }

  /** The format of a name, if there is one. */
  public static Optional<DataSetFormat> named(String name) {
    return KNOWN.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /**
   * Opens a data set and recognises its format by its files; reads no pictures.
   *
   * @param path the folder, or the one large file
   * @throws DatasetException if the format is not recognised, or files are missing
   */
  public static DataSet open(Path path) {
    DataSetFormat found =
        KNOWN.stream()
            .filter(format -> format.isAt(existing(path)))
            .findFirst()
            .orElseThrow(
                () ->
                    new DatasetException(
                        path
                            + " has no eval.json and is not a recognised data set ("
                            + names()
                            + "); 'delta datasets' shows the expected files"));
    return opened(found, path);
  }

  /**
   * Opens a data set of a given format; reads no pictures.
   *
   * @param format its format
   * @param path the folder, or the one large file
   * @throws DatasetException if the path is not of that format, or files are missing
   */
  public static DataSet open(DataSetFormat format, Path path) {
    if (!format.isAt(existing(path))) {
      throw new DatasetException(
          path
              + " does not look like "
              + format
              + " ("
              + format.title()
              + "): it needs "
              + format.layout());
    }
    return opened(format, path);
  }

  private static DataSet opened(DataSetFormat format, Path path) {
    try {
      return format.open(path);
    } catch (DeltaException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      // Readers of other people's formats fail on damaged files in every way.
      throw DatasetException.of(
          path.toString(),
          " cannot be read as " + format + ": a file is damaged; copy it again",
          e);
    }
  }

  private static Path existing(Path path) {
    if (!Files.exists(path)) {
      throw new DatasetException(path + " does not exist: check the path");
    }
    return path;
  }

  private static String names() {
    return KNOWN.stream().map(DataSetFormat::name).collect(Collectors.joining(", "));
  }
}
