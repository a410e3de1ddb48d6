package dev.deltadepth.cli.view;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.base.ErrorText;
import dev.deltadepth.cli.option.Decimal;
import dev.deltadepth.cli.option.DeviceOption;
import dev.deltadepth.cli.option.ModelOption;
import dev.deltadepth.cli.option.OverwriteOption;
import dev.deltadepth.cli.option.QuietOption;
import dev.deltadepth.cli.option.SizeOption;
import dev.deltadepth.cli.option.ThreadsOption;
import dev.deltadepth.cli.option.WholeNumber;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.estimate.EstimateJob.Existing;
import dev.deltadepth.estimate.FetchedPhotos;
import dev.deltadepth.estimate.PhotoFiles;
import dev.deltadepth.estimate.view.ViewBatch;
import dev.deltadepth.estimate.view.ViewJob;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.PictureLimits;
import dev.deltadepth.runtime.DepthEstimator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands share that draw from photos and their depth. */
@Command(
    parameterListHeading = "%nInputs:%n",
    exitCodeList = {
      "0:all photos are done",
      "1:some photos failed; standard error has a line for each",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n")
abstract class ViewCommand extends BaseCommand {
  private static final long MEGA = 1_000_000;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          """
          Photos, folders, quoted patterns and addresses, as for estimate; - for standard input.\
          """)
  private List<String> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|DIR",
      description =
          """
          The file to write, for one photo, or a folder, which is created if needed (default: \
          beside each photo).\
          """)
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--map",
      paramLabel = "FILE",
      description =
          """
          Take the depth of one photo from a file: NPY, NPZ, PFM, EXR or grey PNG, larger is \
          nearer (default: it is estimated).\
          """)
  private Optional<Path> map = Optional.empty();

  @Mixin private final ModelOption model = new ModelOption();
  @Mixin private final SizeOption size = new SizeOption();
  @Mixin private final DeviceOption device = new DeviceOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();

  @Option(
      names = "--max-pixels",
      paramLabel = "MP",
      converter = Megapixels.class,
      defaultValue = "50",
      description =
          """
          Photos of more megapixels are read at a half, a third and so on of their size (default: \
          ${DEFAULT-VALUE}). A megapixel takes about 40 MB of memory.\
          """)
  private int megapixels = 50;

  @Option(names = "--skip-existing", description = "Leave files alone that exist.")
  private boolean keep;

  @Mixin private final OverwriteOption overwrite = new OverwriteOption();
  @Mixin private final QuietOption quiet = new QuietOption();

  /** Megapixels of a photo in memory. */
  static final class Megapixels extends WholeNumber {
    Megapixels() {
      super(1, 700);
    }
  }

  /** Shares of a whole. */
  static final class Share extends Decimal {
    Share() {
      super("0", "1");
    }
  }

  /** What is put behind the stems of the photos' names: one for each file. */
  abstract List<String> suffixes();

  /** Endings that the name of a single file may have. */
  abstract List<String> endings();

  /** Draws the files of a photo, each by its suffix. */
  abstract void draw(RgbImage photo, DepthMap depth, Map<String, Path> outputs);

  @Override
  public final Integer call() throws InterruptedException {
    ViewReport report = new ViewReport(out(), err(), quiet.on());
    ViewJob.Outputs outputs = new ViewJob.Outputs(output, suffixes(), endings(), existing());
    check(outputs);
    try (FetchedPhotos fetched = new FetchedPhotos(System.in)) {
      List<PhotoFiles.Photo> photos = photos(fetched, report);
      if (photos.size() > 1 && outputs.isFile()) {
        throw new FileException(
            output.orElseThrow()
                + " is a file, but there are "
                + photos.size()
                + " photos; give -o a folder");
      }
      if (photos.size() > 1 && map.isPresent()) {
        throw new FileException("--map is for one photo, but there are " + photos.size());
      }
      List<ViewJob> jobs = ViewJob.plan(photos, outputs, report);
      if (!jobs.isEmpty()) {
        run(jobs, report);
      }
    }
    return report.problems() == 0 ? 0 : 1;
  }

  private void check(ViewJob.Outputs outputs) {
    if (output.isPresent() && !outputs.isFile() && Files.isRegularFile(output.get())) {
      throw new FileException(
          output.get()
              + " is not a folder; give -o a folder, or a file that ends in "
              + String.join(", ", endings()));
    }
  }

  private void run(List<ViewJob> jobs, ViewReport report) {
    PictureLimits limits = new PictureLimits(MEGA * megapixels, true);
    if (map.isPresent()) {
      new ViewBatch(ViewBatch.Maps.stored(map.get()), this::draw, limits, report).run(jobs);
      return;
    }
    try (DepthEstimator estimator =
        DepthEstimator.open(
            model.source(), device.on(size.options().withThreads(threads.countOrZero())))) {
      new ViewBatch(estimator::estimate, this::draw, limits, report).run(jobs);
    }
  }

  private List<PhotoFiles.Photo> photos(FetchedPhotos fetched, ViewReport report)
      throws InterruptedException {
    List<PhotoFiles.Photo> photos = new ArrayList<>();
    List<String> files = new ArrayList<>();
    for (String input : inputs.stream().distinct().toList()) {
      if (!FetchedPhotos.isOne(input)) {
        files.add(input);
        continue;
      }
      try {
        photos.add(fetched.fetch(input));
      } catch (FileException e) {
        report.problem(ErrorText.of(e));
      }
    }
    photos.addAll(PhotoFiles.of(files, report));
    return photos;
  }

  private Existing existing() {
    if (overwrite.on()) {
      return Existing.REPLACE;
    }
    return keep ? Existing.KEEP : Existing.REPORT;
  }
}
