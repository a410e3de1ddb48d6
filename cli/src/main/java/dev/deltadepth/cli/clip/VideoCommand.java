package dev.deltadepth.cli.clip;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.base.ErrorText;
import dev.deltadepth.cli.option.Choice;
import dev.deltadepth.cli.option.Colormaps;
import dev.deltadepth.cli.option.Decimal;
import dev.deltadepth.cli.option.Divergence;
import dev.deltadepth.cli.option.OverwriteOption;
import dev.deltadepth.cli.option.QuietOption;
import dev.deltadepth.cli.option.WholeNumber;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.video.FfmpegProgram;
import dev.deltadepth.video.clip.ClipFormat;
import dev.deltadepth.video.clip.ClipJob;
import dev.deltadepth.video.clip.ClipModel;
import dev.deltadepth.video.clip.ClipOptions;
import dev.deltadepth.video.clip.ClipReport;
import dev.deltadepth.video.clip.ClipStyle;
import dev.deltadepth.video.read.Clip;
import dev.deltadepth.video.read.ClipLimits;
import dev.deltadepth.video.read.ClipSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delta video}: videos in, their depth out. */
@Command(
    name = "video",
    header = "Estimate the depth of videos.",
    description =
        """
        Writes a video of the depth of each video: the same length, frame times and sound. Reads \
        what FFmpeg reads, which comes along; larger values (brighter in most colour maps) are \
        nearer. Ctrl-C ends the clip early: what is done is a video that plays.\
        """,
    parameterListHeading = "%nInputs:%n",
    exitCodeList = {
      "0:all videos are done",
      "1:some videos failed or end early; standard error has a line for each",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer =
        """
          delta video holiday.mp4
          delta video holiday.mp4 -o depth.mkv -f depth16
          delta video holiday.mp4 -o 3d.mp4 -f half-sbs --start 10 --duration 30
          delta video 'frames/frame_%%04d.png' -o depth.mp4 --fps 24
          delta video camera:0 -o me.mp4 --duration 10\
        """)
public final class VideoCommand extends BaseCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          """
          Videos; a folder of pictures, or numbered ones such as frame_%%04d.png; camera:0; \
          addresses (rtsp:, http: and others); - for standard input.\
          """)
  private List<String> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|DIR",
      description =
          """
          The file to write, .mp4, .mov, .mkv or .webm, or the folder for png16 and npy; with \
          several inputs, the folder for all (default: STEM.FORMAT.mp4 beside each video).\
          """)
  private Optional<Path> output = Optional.empty();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      converter = Formats.class,
      completionCandidates = Formats.class,
      description =
          """
          What to make (default: depth, or png16 if -o is a folder):
            depth     colours
            side      frame and colours, side by side
            depth16   16-bit grey without loss, .mkv
            png16     a folder of 16-bit grey PNG files
            npy       a folder of the floats, [H, W]
            sbs       left and right eye, side by side
            half-sbs  the same at half the width
            anaglyph  for red-cyan glasses\
          """)
  private Optional<ClipFormat> format = Optional.empty();

  @Mixin private final ClipNetworkOptions network = new ClipNetworkOptions();

  @Option(
      names = "--start",
      paramLabel = "S",
      converter = Seconds.class,
      defaultValue = "0",
      description = "Where to begin, in seconds (default: ${DEFAULT-VALUE}).")
  private double start;

  @Option(
      names = "--duration",
      paramLabel = "S",
      converter = Length.class,
      description = "How much to take, in seconds (default: all).")
  private Optional<Double> duration = Optional.empty();

  @Option(
      names = "--fps",
      paramLabel = "N",
      converter = Rate.class,
      description =
          """
          Frames a second: frames are left out or repeated (default: each frame at its own time; \
          pictures at 25 a second).\
          """)
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--side",
      paramLabel = "N",
      converter = Side.class,
      defaultValue = "0",
      description = "The longer side of the frames in pixels, at most (default: as they are).")
  private int side;

  @Option(
      names = "--colormap",
      paramLabel = "NAME",
      converter = Colormaps.class,
      completionCandidates = Colormaps.class,
      defaultValue = "inferno",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Colormap colormap = Colormap.named("inferno");

  @Option(names = "--invert", description = "Near is dark in depth, side, depth16 and png16.")
  private boolean invert;

  @Option(
      names = "--range",
      paramLabel = "RANGE",
      converter = Ranges.class,
      completionCandidates = Ranges.class,
      defaultValue = "moving",
      description =
          """
          The values that become the darkest and the brightest: moving follows slowly what is \
          seen, clip is one range for the whole clip, for which it is read twice, frame is each \
          frame's own, which flickers (default: ${DEFAULT-VALUE}).\
          """)
  private ClipOptions.Range range = ClipOptions.Range.MOVING;

  @Option(
      names = "--lookahead",
      paramLabel = "N",
      converter = Lookahead.class,
      description =
          """
          Maps are made steady with those of all frames before and of N or more after them, 0 to \
          64; 8 is steadier, slower and takes more memory (default: 0).\
          """)
  private Optional<Integer> lookahead = Optional.empty();

  @Option(names = "--no-steady", description = "Each frame's map as the network gives it.")
  private boolean asTheyAre;

  @Option(
      names = "--divergence",
      paramLabel = "PERCENT",
      converter = Divergence.class,
      defaultValue = "2.5",
      description =
          """
          For sbs, half-sbs and anaglyph: how deep it looks, in percent of the width, 0 to 20 \
          (default: ${DEFAULT-VALUE}).\
          """)
  private double divergence = 2.5;

  @Option(names = "--no-sound", description = "Leave the sound out.")
  private boolean silent;

  @Option(
      names = "--resume",
      description =
          """
          Keep finished parts in a hidden folder beside the output, about 0.2 MB a frame, and go \
          on with those that a stopped run with the same options has left.\
          """)
  private boolean resume;

  @Mixin private final FfmpegOption ffmpeg = new FfmpegOption();

  @Option(
      names = "--patience",
      paramLabel = "S",
      converter = Patience.class,
      defaultValue = "30",
      description =
          """
          How many seconds FFmpeg may take for a frame before it is ended (default: \
          ${DEFAULT-VALUE}).\
          """)
  private int patience = 30;

  @Mixin private final OverwriteOption overwrite = new OverwriteOption();
  @Mixin private final QuietOption quiet = new QuietOption();

  /** The formats by name. */
  static final class Formats extends Choice<ClipFormat> {
    Formats() {
      super("format", List.of(ClipFormat.values()), ClipFormat::label);
    }
  }

  /** The ranges by name. */
  static final class Ranges extends Choice<ClipOptions.Range> {
    Ranges() {
      super("range", List.of(ClipOptions.Range.values()), ClipOptions.Range::toString);
    }
  }

  /** Times within a clip, up to a week. */
  static final class Seconds extends Decimal {
    Seconds() {
      super("0", "604800");
    }
  }

  /** Lengths of clips, up to a week. */
  static final class Length extends Decimal {
    Length() {
      super("0.001", "604800");
    }
  }

  /** Frames a second. */
  static final class Rate extends Decimal {
    Rate() {
      super("0.01", "1000");
    }
  }

  /** Sides of frames. */
  static final class Side extends WholeNumber {
    Side() {
      super(0, 16_384);
    }
  }

  /** How far to look ahead. */
  static final class Lookahead extends WholeNumber {
    Lookahead() {
      super(0, 64);
    }
  }

  /** How long to wait for a frame. */
  static final class Patience extends WholeNumber {
    Patience() {
      super(1, 86_400);
    }
  }

  @Override
  public Integer call() {
    if (asTheyAre && lookahead.isPresent()) {
      throw wrong("--lookahead and --no-steady exclude each other");
    }
    FfmpegProgram program = ffmpeg.program();
    int failures = 0;
    try (DepthEstimator estimator = network.open()) {
      ClipModel model = network.of(estimator);
      for (String input : inputs) {
        try {
          if (!convert(input, program, model)) {
            failures++;
          }
        } catch (RuntimeException e) {
          if (inputs.size() == 1) {
            throw e;
          }
          warn(ErrorText.of(e));
          failures++;
        }
      }
    }
    return failures == 0 ? 0 : 1;
  }

  private Optional<Integer> steadiness() {
    return asTheyAre ? Optional.empty() : lookahead.or(() -> ClipOptions.defaults().lookahead());
  }

  /** Whether the whole clip is done. */
  private boolean convert(String input, FfmpegProgram program, ClipModel model) {
    ClipSource source = ClipSource.of(input);
    VideoTarget target = VideoTarget.of(source, output, inputs.size() == 1, format);
    if (target.needsOutput()) {
      throw wrong("-o is needed for " + source.shown());
    }
    if (!resume || !(target.format().isFolder() || ClipJob.hasParts(target.path()))) {
      target.requireFree(overwrite);
    }
    ClipLimits limits = ClipLimits.defaults().withSilence(Duration.ofSeconds(patience));
    Clip clip = Clip.open(source, program, limits);
    ClipOptions options =
        new ClipOptions(
            start, duration, rate, side, steadiness(), range, Optional.empty(), !silent, resume);
    ClipStyle style =
        new ClipStyle(colormap, invert, network.upsampling(), new Stereo(divergence, 0.5));
    VideoReport report = new VideoReport(this, source.shown(), quiet.on());
    ClipJob job = new ClipJob(clip, target.path(), target.format(), style, options, model, report);
    try {
      ClipReport done = job.run();
      report.finish(target.path(), done);
      return done.complaint().isEmpty();
    } finally {
      report.close();
    }
  }
}
