package dev.deltadepth.cli.view;

import dev.deltadepth.cli.option.Choice;
import dev.deltadepth.cli.option.Decimal;
import dev.deltadepth.cli.option.WholeNumber;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.CameraPath;
import dev.deltadepth.core.view.Orbit;
import dev.deltadepth.io.view.FrameFolder;
import dev.deltadepth.io.view.GifAnimation;
import dev.deltadepth.io.view.PngAnimation;
import dev.deltadepth.video.write.ClipWriter;
import dev.deltadepth.video.write.Container;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code delta orbit}: a moving camera. */
@Command(
    name = "orbit",
    header = "Animate photos as if the camera moved.",
    description =
        """
        Writes an animation for each photo, which plays in a loop: what is near moves more than \
        what is far. It is STEM.orbit.gif, where STEM is the photo's name without the ending, or \
        .png in full colours, or .mp4, or a folder of frames.\
        """,
    footer =
        """
          delta orbit photo.jpg
          delta orbit photo.jpg -o photo.png --path circle --amount 3
          delta orbit photos/ -f frames -o frames/ --side 1920\
        """)
public final class OrbitCommand extends ViewCommand {
  private static final int SECOND = 1000;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      converter = Paths.class,
      completionCandidates = Paths.class,
      defaultValue = "swing",
      description =
          """
          How the camera moves: swing (from side to side), circle, zoom (forward and back) or arc \
          (forward along an arc, and back on the other side; default: ${DEFAULT-VALUE}).\
          """)
  private CameraPath path = CameraPath.SWING;

  @Option(
      names = "--amount",
      paramLabel = "PERCENT",
      converter = Amount.class,
      defaultValue = "2",
      description =
          """
          How much it moves, 0 to 10: how far the nearest shifts against the farthest to each \
          side, in percent of the longer side (default: ${DEFAULT-VALUE}).\
          """)
  private double amount = 2;

  @Option(
      names = "--still",
      paramLabel = "NEARNESS",
      converter = Share.class,
      defaultValue = "0.5",
      description =
          """
          Which nearness stays still in the picture, from 0, the farthest, to 1, the nearest \
          (default: ${DEFAULT-VALUE}).\
          """)
  private double still = 0.5;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      converter = Formats.class,
      completionCandidates = Formats.class,
      defaultValue = "gif",
      description =
          """
          gif, png (animated, full colours, larger), mp4 or frames (default: ${DEFAULT-VALUE}); the \
          ending of a file given with -o decides.\
          """)
  private String format = "gif";

  @Option(
      names = "--side",
      paramLabel = "N",
      converter = Side.class,
      defaultValue = "640",
      description =
          "The longer side of the frames in pixels, at most the photo's (default: ${DEFAULT-VALUE}).")
  private int side = 640;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      converter = Seconds.class,
      defaultValue = "2",
      description = "How long the loop is, 0.1 to 60 (default: ${DEFAULT-VALUE}).")
  private double seconds = 2;

  @Option(
      names = "--fps",
      paramLabel = "N",
      converter = Rate.class,
      defaultValue = "20",
      description = "Frames a second, 1 to 50 (default: ${DEFAULT-VALUE}).")
  private int rate = 20;

  /** The paths by name. */
  static final class Paths extends Choice<CameraPath> {
    Paths() {
      super("path", List.of(CameraPath.values()), CameraPath::toString);
    }
  }

  /** How far the camera goes. */
  static final class Amount extends Decimal {
    Amount() {
      super("0", "10");
    }
  }

  /** Formats of animations by name. */
  static final class Formats extends Choice<String> {
    Formats() {
      super("format", List.of("gif", "png", "mp4", "frames"), name -> name);
    }
  }

  /** Sides of frames. */
  static final class Side extends WholeNumber {
    Side() {
      super(16, 8192);
    }
  }

  /** How long a loop is. */
  static final class Seconds extends Decimal {
    Seconds() {
      super("0.1", "60");
    }
  }

  /** Frames a second. */
  static final class Rate extends WholeNumber {
    Rate() {
      super(1, 50);
    }
  }

  @Override
  List<String> suffixes() {
    return List.of(
        format.equals("frames") ? FrameFolder.SUFFIX : FrameFolder.SUFFIX + "." + format);
  }

  @Override
  List<String> endings() {
    return Stream.concat(Stream.of(".gif", ".png", ".apng"), Container.allEndings().stream())
        .toList();
  }

  @Override
  void draw(RgbImage photo, DepthMap depth, Map<String, Path> outputs) {
    int count = Math.max(1, (int) Math.round(seconds * rate));
    Orbit.Motion motion =
        new Orbit.Motion(path, amount, still, count, Math.round((float) SECOND / rate));
    Orbit orbit = new Orbit(photo, depth, motion, side);
    for (Path file : outputs.values()) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      if (name.endsWith(".gif")) {
        GifAnimation.write(orbit, file);
      } else if (name.endsWith("png")) {
        PngAnimation.write(orbit, file);
      } else if (Container.of(file).isPresent()) {
        ClipWriter.write(orbit, file);
      } else {
        FrameFolder.write(orbit, file);
      }
    }
  }
}
