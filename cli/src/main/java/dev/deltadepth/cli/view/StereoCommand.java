package dev.deltadepth.cli.view;

import dev.deltadepth.cli.option.Choice;
import dev.deltadepth.cli.option.Decimal;
import dev.deltadepth.cli.option.Divergence;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.LayeredPhoto;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.core.view.StereoPair;
import dev.deltadepth.io.view.StereoFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code delta stereo}: a picture for each eye. */
@Command(
    name = "stereo",
    header = "Make stereo pictures of photos.",
    description =
        """
        Draws what the left and the right eye would see. What one eye sees behind the foreground \
        is made up from the background beside it.\
        """,
    footer =
        """
          delta stereo photo.jpg --layout sbs
          delta stereo photo.jpg -o photo3d.png --divergence 3
          delta stereo photos/ -o vr/ --layout vr180 --field-of-view 75\
        """)
public final class StereoCommand extends ViewCommand {
  @Option(
      names = "--layout",
      paramLabel = "LAYOUT,...",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "anaglyph",
      converter = Layouts.class,
      completionCandidates = Layouts.class,
      description =
          """
          How the two are put together (default: anaglyph):
            sbs              side by side, STEM.sbs.jpg
            half-sbs         the same at half the width
            tb, half-tb      the left one above the right one
            interlaced       rows by turns
            anaglyph         for red-cyan glasses
            anaglyph-colour  the same, stronger colours
            anaglyph-half    the same, fewer colours
            anaglyph-grey    the same, no colours
            wiggle           by turns, STEM.wiggle.gif
            vr180            for headsets,
                             STEM_180x180_LR.jpg
            vr-photo         for headsets, as VR180 cameras
                             write it, STEM.vr.jpg
            left, right      one of them\
          """)
  private List<StereoFormat> layouts = List.of();

  @Option(
      names = "--divergence",
      paramLabel = "PERCENT",
      converter = Divergence.class,
      defaultValue = "2.5",
      description =
          """
          How deep it looks: how much farther the nearest moves between the eyes than the \
          farthest, in percent of the width, 0 to 20 (default: ${DEFAULT-VALUE}).\
          """)
  private double divergence = 2.5;

  @Option(
      names = "--convergence",
      paramLabel = "NEARNESS",
      converter = Share.class,
      description =
          """
          What lies on the screen, from 0, the farthest, to 1, the nearest; what is nearer stands \
          in front of it (default: 0.5; for headsets 0, so that eyes need not turn apart).\
          """)
  private Optional<Double> convergence = Optional.empty();

  @Option(
      names = "--cross-eyed",
      description = "Exchange left and right, for looking at pictures cross-eyed.")
  private boolean crossed;

  @Option(
      names = "--field-of-view",
      paramLabel = "DEGREES",
      converter = Angle.class,
      defaultValue = "65",
      description =
          """
          The angle that the photo's longer side spans, for headsets, 10 to 150 (default: \
          ${DEFAULT-VALUE}, a phone's main camera).\
          """)
  private double fieldOfView = 65;

  /** The layouts by name. */
  static final class Layouts extends Choice<StereoFormat> {
    Layouts() {
      super("layout", List.of(StereoFormat.values()), StereoFormat::label);
    }
  }

  /** Fields of view. */
  static final class Angle extends Decimal {
    Angle() {
      super("10", "150");
    }
  }

  @Override
  List<String> suffixes() {
    return layouts.stream().map(StereoFormat::suffix).toList();
  }

  @Override
  List<String> endings() {
    return switch (layouts.get(0)) {
      case WIGGLE -> List.of(".gif");
      case VR_PHOTO -> List.of(".jpg", ".jpeg");
      case INTERLACED -> List.of(".png");
      default -> List.of(".jpg", ".jpeg", ".png");
    };
  }

  @Override
  void draw(RgbImage photo, DepthMap depth, Map<String, Path> outputs) {
    // The reach does not depend on the convergence.
    LayeredPhoto layers =
        LayeredPhoto.of(photo, depth, new Stereo(divergence, 0).reach(photo.width()));
    Map<Stereo, StereoPair> pairs = new HashMap<>();
    for (StereoFormat layout : StereoFormat.values()) {
      Path file = outputs.get(layout.suffix());
      if (file != null) {
        double screen = convergence.orElse(layout.isForHeadsets() ? 0 : 0.5);
        StereoPair pair =
            pairs.computeIfAbsent(new Stereo(divergence, screen), stereo -> pair(layers, stereo));
        layout.write(crossed ? pair.crossed() : pair, fieldOfView, file);
      }
    }
  }

  /** Both eyes at the same time. */
  private static StereoPair pair(LayeredPhoto layers, Stereo stereo) {
    List<RgbImage> eyes =
        Arrays.asList(true, false).parallelStream()
            .map(left -> StereoPair.eye(layers, stereo, left))
            .toList();
    return new StereoPair(eyes.get(0), eyes.get(1));
  }
}
