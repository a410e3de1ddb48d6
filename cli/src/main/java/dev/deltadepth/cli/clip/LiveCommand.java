package dev.deltadepth.cli.clip;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.option.Colormaps;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.io.FileException;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.video.Shutdown;
import dev.deltadepth.video.clip.ClipOptions;
import dev.deltadepth.video.clip.ClipStyle;
import dev.deltadepth.video.clip.LiveDepth;
import dev.deltadepth.video.read.Clip;
import dev.deltadepth.video.read.ClipLimits;
import dev.deltadepth.video.read.ClipSource;
import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delta live}: a camera's picture and its depth in a window. */
@Command(
    name = "live",
    header = "Show the depth of a camera in a window.",
    description =
        """
        Shows the camera's picture beside its depth, steady and without delay; frames are dropped \
        when the network cannot keep up. Keys: C the next colours, I invert, V both, depth or \
        camera alone, S save what is seen, R begin or end recording it, H hide the text, Q quit.\
        """,
    parameterListHeading = "%nInput:%n",
    exitCodeList = {
      "0:the window was closed, or the input ended",
      "1:nothing can be shown; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer =
        """
          delta live
          delta live camera:1 --colormap turbo -o snapshots/
          delta live rtsp://host/stream --side 480
          delta live holiday.mp4\
        """)
public final class LiveCommand extends BaseCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "INPUT",
      defaultValue = "camera:0",
      description =
          """
          A camera, an address (rtsp:, http: and others) or a video, which is played (default: \
          ${DEFAULT-VALUE}).\
          """)
  private String input = "camera:0";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = ".",
      description =
          """
          The folder for what is saved, live-0001.png and live-0001.mp4 and so on (default: the \
          current one).\
          """)
  private Path output = Path.of(".");

  @Mixin private final ClipNetworkOptions network = new ClipNetworkOptions();

  @Option(
      names = "--side",
      paramLabel = "N",
      converter = VideoCommand.Side.class,
      defaultValue = "640",
      description =
          """
          The longer side of the pictures in pixels, at most; 0 for the camera's (default: \
          ${DEFAULT-VALUE}).\
          """)
  private int side = 640;

  @Option(
      names = "--colormap",
      paramLabel = "NAME",
      converter = Colormaps.class,
      completionCandidates = Colormaps.class,
      defaultValue = "inferno",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Colormap colormap = Colormap.named("inferno");

  @Option(names = "--invert", description = "Near is dark.")
  private boolean invert;

  @Option(names = "--no-steady", description = "Each frame's map as the network gives it.")
  private boolean asTheyAre;

  @Mixin private final FfmpegOption ffmpeg = new FfmpegOption();

  @Override
  public Integer call() {
    if (GraphicsEnvironment.isHeadless()) {
      throw noDisplay();
    }
    if (!Files.isDirectory(output)) {
      throw new FileException(output + " is not a folder: name one that exists with -o");
    }
    Clip clip = Clip.open(ClipSource.of(input), ffmpeg.program(), ClipLimits.defaults());
    ClipOptions options =
        ClipOptions.defaults()
            .withSide(side)
            .withLookahead(asTheyAre ? Optional.empty() : Optional.of(0));
    try (DepthEstimator estimator = network.open()) {
      LiveDepth live =
          new LiveDepth(
              clip,
              network.of(estimator),
              new ClipStyle(colormap, invert, network.upsampling(), Stereo.defaults()),
              options);
      return Shutdown.finishing(live::stop, () -> show(live));
    }
  }

  private int show(LiveDepth live) {
    try (LiveScreen screen = new LiveScreen(output, colormap, invert);
        LiveWindow window = new LiveWindow("Delta: " + input, screen::key, live::stop)) {
      Optional<String> complaint =
          live.run(
              depth -> {
                LiveScreen.Screen seen = screen.draw(depth, System.nanoTime());
                window.show(seen.picture(), seen.lines());
              });
      complaint.ifPresent(this::warn);
      return complaint.isPresent() ? 1 : 0;
    } catch (AWTError | LinkageError e) {
      // A Java without windows, or a display that refuses.
      FileException told = noDisplay();
      told.addSuppressed(e);
      throw told;
    }
  }

  private static FileException noDisplay() {
    return new FileException(
        "delta live needs a display; without one, delta video camera:0 -o FILE writes a video");
  }
}
