package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.base.ErrorText;
import dev.deltadepth.cli.base.Version;
import dev.deltadepth.cli.option.CalibrationOptions;
import dev.deltadepth.cli.option.CameraOptions;
import dev.deltadepth.cli.option.Choice;
import dev.deltadepth.cli.option.DeviceOption;
import dev.deltadepth.cli.option.ModelOption;
import dev.deltadepth.cli.option.OverwriteOption;
import dev.deltadepth.cli.option.QuietOption;
import dev.deltadepth.cli.option.SizeOption;
import dev.deltadepth.cli.option.StyleOptions;
import dev.deltadepth.cli.option.ThreadsOption;
import dev.deltadepth.cli.option.UpsamplingOption;
import dev.deltadepth.cli.option.WholeNumber;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.estimate.Calibrator;
import dev.deltadepth.estimate.EstimateBatch;
import dev.deltadepth.estimate.EstimateJob;
import dev.deltadepth.estimate.FetchedPhotos;
import dev.deltadepth.estimate.MapOutput;
import dev.deltadepth.estimate.PhotoFiles;
import dev.deltadepth.estimate.SceneOutput;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.PictureLimits;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.io.map.DepthFormat;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.TiledEstimator.Tiling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delta estimate}: photos in, depth maps out. */
@Command(
    name = "estimate",
    header = "Estimate the depth of photos.",
    description =
        """
        Writes a depth map for each photo: a picture of the same size that shows how near \
        everything is. Larger values, brighter in most colour maps, are nearer. Reads JPEG, HEIC, AVIF, PNG, WebP, TIFF, BMP, GIF, JPEG 2000, PNM, TGA, HDR, \
        EXR and the preview in camera raw.\
        """,
    parameterListHeading = "%nInputs:%n",
    exitCodeList = {
      "0:all photos are done",
      "1:some photos failed; standard error has a line for each",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer =
        """
          delta estimate photo.jpg
          delta estimate -f png,npy -o depth/ photos/ 'holiday/**/*.jpg'
          delta estimate -f glb,normals photo.jpg
          delta estimate -f ply,png16 --near 0.8 --far 6 photo.jpg\
        """)
final class EstimateCommand extends BaseCommand {
  private static final long MEGA = 1_000_000;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          """
          Photos, folders (including all sub-folders) and quoted patterns such as '*.jpg' or \
          '**/*.png'. Folders and patterns leave out the maps that this command wrote. @FILE \
          stands for the lines of a file, one input each; - for standard input. Addresses \
          (https:, http:) are fetched.\
          """)
  private List<String> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          """
          The folder for the maps, created if needed; the sub-folders of an input folder are kept \
          (default: beside each photo). For one photo and one format, it may be a file, or - for \
          standard output.\
          """)
  private Optional<Path> output = Optional.empty();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT,...",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "png",
      converter = Formats.class,
      completionCandidates = Formats.class,
      description =
          """
          Output formats; STEM is the photo's name without its ending (default: png):
            png    STEM.depth.png: colours
            png16  STEM.depth16.png: 16-bit grey
            pfm    STEM.pfm: the values as floats
            npy    STEM.npy: the same for NumPy, [H, W]
            npz    STEM.npz: the same, and what they are
            exr    STEM.depth.exr: the same as OpenEXR
            side   STEM.side.png: photo and colours
            ply    STEM.ply: points in 3D
            glb    STEM.glb: a 3D surface with the photo on it
            obj    STEM.obj: the same as text, with a texture
            normals      STEM.normals.png: which way surfaces face
            normals-npy  STEM.normals.npy: as floats
            anaglyph     STEM.anaglyph.png: for red-cyan glasses
            sbs          STEM.sbs.jpg: for the left and right eye\
          """)
  private List<DepthFormat> formats = List.of();

  @Mixin private final ModelOption model = new ModelOption();

  @Mixin private final StyleOptions style = new StyleOptions();
  @Mixin private final SizeOption size = new SizeOption();

  @Option(
      names = "--tiles",
      paramLabel = "N",
      converter = TileCount.class,
      description =
          """
          Cut the photo into overlapping squares, N across its shorter side, and join their maps: \
          more detail, and N * N times as slow (default: only photos more than eight times as long \
          as wide are cut).\
          """)
  private int tiles;

  @Option(
      names = "--wrap",
      description =
          "The photo goes all around (360 degrees): its left and right edges agree. Implies --tiles.")
  private boolean wraps;

  @Mixin private final UpsamplingOption upsampling = new UpsamplingOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();
  @Mixin private final DeviceOption device = new DeviceOption();
  @Mixin private final CalibrationOptions calibration = new CalibrationOptions();
  @Mixin private final CameraOptions camera = new CameraOptions();

  @Option(
      names = "--stride",
      paramLabel = "N",
      converter = Stride.class,
      defaultValue = "0",
      description =
          """
          For ply, glb and obj: a point every N columns and rows; larger makes smaller files \
          (default: as many points as fit in a million).\
          """)
  private int stride;

  @Option(
      names = "--max-pixels",
      paramLabel = "MP",
      converter = Megapixels.class,
      defaultValue = "100",
      description =
          """
          Photos of more megapixels are read at a half, a third and so on of their size (default: \
          ${DEFAULT-VALUE}). A megapixel takes about 30 MB of memory.\
          """)
  private int megapixels = 100;

  @Option(
      names = "--sidecar",
      description = "Write a JSON file beside each map that says what it holds: MAP.json.")
  private boolean sidecar;

  @Option(
      names = "--skip-existing",
      description = "Leave photos alone that have their maps; write only what is missing.")
  private boolean keep;

  @Mixin private final OverwriteOption overwrite = new OverwriteOption();
  @Mixin private final QuietOption quiet = new QuietOption();

  /** The output formats by name. */
  static final class Formats extends Choice<DepthFormat> {
    Formats() {
      super("format", List.of(DepthFormat.values()), DepthFormat::label);
    }
  }

  /** Columns and rows from one point to the next. */
  static final class Stride extends WholeNumber {
    Stride() {
      super(0, 10_000);
    }
  }

  /** Tiles across a photo. */
  static final class TileCount extends WholeNumber {
    TileCount() {
      super(1, 16);
    }
  }

  /** Megapixels of a photo in memory. */
  static final class Megapixels extends WholeNumber {
    Megapixels() {
      super(1, 700);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    EstimateJob.Outputs outputs =
        new EstimateJob.Outputs(output, EnumSet.copyOf(formats), existing());
    if (style.contradicts()) {
      throw wrong("--range and --clip exclude each other");
    }
    calibration
        .contradiction()
        .ifPresent(
            problem -> {
              throw wrong(problem);
            });
    if (camera.contradicts()) {
      throw wrong("--focal, --fov and --camera exclude each other");
    }
    if (outputs.isStandardOutput() && (formats.size() > 1 || sidecar)) {
      throw wrong("-o - takes one format, and no --sidecar");
    }
    // Standard output is for the map alone.
    EstimateReport report =
        new EstimateReport(out(), err(), quiet.on() || outputs.isStandardOutput(), wantsTraces());
    try (FetchedPhotos fetched = new FetchedPhotos(System.in)) {
      List<PhotoFiles.Photo> photos = photos(fetched, report);
      if (!outputs.isFile()) {
        output.ifPresent(EstimateCommand::createFolder);
      } else if (photos.size() > 1) {
        throw new FileException(
            output.orElseThrow()
                + " is a file, but there are "
                + photos.size()
                + " photos; give -o a folder");
      }
      if (photos.size() > 1 && calibration.isOfOnePhoto()) {
        throw new FileException(
            "--calibrate and --keep-calibration are for one photo, but there are "
                + photos.size()
                + "; keep the calibration of one and give it with --calibration");
      }
      estimate(EstimateJob.plan(photos, outputs, report), report);
    }
    return report.problems() == 0 ? 0 : 1;
  }

  private List<PhotoFiles.Photo> photos(FetchedPhotos fetched, EstimateReport report)
      throws InterruptedException {
    List<PhotoFiles.Photo> photos = new ArrayList<>();
    for (String input : inputs.stream().filter(FetchedPhotos::isOne).distinct().toList()) {
      try {
        photos.add(fetched.fetch(input));
      } catch (FileException e) {
        report.problem(ErrorText.of(e));
      }
    }
    List<String> files = inputs.stream().filter(input -> !FetchedPhotos.isOne(input)).toList();
    photos.addAll(PhotoFiles.of(files, report));
    return photos;
  }

  private void estimate(List<EstimateJob> jobs, EstimateReport report) throws InterruptedException {
    if (jobs.isEmpty()) {
      return;
    }
    EstimatorOptions options =
        device.on(
            size.options().withThreads(threads.countOrZero()).withUpsampling(upsampling.kind()));
    try (DepthEstimator estimator = DepthEstimator.open(model.source(), options)) {
      report.start(style.isShared() ? 2 * jobs.size() : jobs.size());
      PictureLimits limits = new PictureLimits(MEGA * megapixels, true);
      MapOutput written =
          new MapOutput(style.style(), sidecar, Version.line(), Sha256.of(model.source().bytes()))
              .withScene(scene(estimator.description()));
      Tiling tiling = new Tiling(tiles, wraps);
      EstimateBatch batch = new EstimateBatch(estimator, tiling, written, limits, report);
      if (style.isShared()) {
        Normalization range = batch.sharedRange(jobs, report::step);
        written = written.withStyle(style.style().withRange(map -> range));
        batch = new EstimateBatch(estimator, tiling, written, limits, report);
      }
      batch.run(jobs);
    } finally {
      report.finish();
    }
  }

  private SceneOutput scene(ModelDescription description) {
    Optional<Calibrator> given = calibration.calibrator();
    boolean metric = description.output().kind() == ModelDescription.OutputKind.METRES;
    return new SceneOutput(
        metric ? Optional.of(given.orElse(Calibrator.ofMetricModel())) : given,
        camera.source(),
        stride,
        calibration.steps());
  }

  private EstimateJob.Existing existing() {
    if (overwrite.on()) {
      return EstimateJob.Existing.REPLACE;
    }
    return keep ? EstimateJob.Existing.KEEP : EstimateJob.Existing.REPORT;
  }

  private static void createFolder(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new FileException(folder + " is not a folder; choose another one with -o");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new FileException(
          "cannot create the folder " + folder + "; choose another one with -o", e);
    }
    if (!Files.isWritable(folder)) {
      throw new FileException(
          "cannot write to " + folder + "; change its permissions or choose another one with -o");
    }
  }
}
