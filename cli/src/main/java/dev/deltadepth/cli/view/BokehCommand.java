package dev.deltadepth.cli.view;

import dev.deltadepth.cli.option.Choice;
import dev.deltadepth.cli.option.Decimal;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Aperture;
import dev.deltadepth.core.view.Nearness;
import dev.deltadepth.estimate.view.ParallelDefocus;
import dev.deltadepth.io.view.PictureFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code delta bokeh}: the blur of a lens. */
@Command(
    name = "bokeh",
    header = "Blur the background of photos, as a large lens does.",
    description =
        """
        Writes STEM.bokeh.jpg for each photo, where STEM is its name without the ending. What is \
        as near as the focus stays sharp; what is nearer or farther is blurred: the \
        greater the difference, the more.\
        """,
    footer =
        """
          delta bokeh portrait.jpg
          delta bokeh portrait.jpg --focus 0.4,0.3 --aperture 6
          delta bokeh street.jpg --focus-depth 1 -o street-near.png\
        """)
public final class BokehCommand extends ViewCommand {
  @Option(
      names = "--focus",
      paramLabel = "X,Y",
      converter = Points.class,
      description =
          """
          Focus on what is at this place: fractions of the width and height, between 0 and 1 \
          (default: on the foreground in the middle).\
          """)
  private Optional<Point> focus = Optional.empty();

  @Option(
      names = "--focus-depth",
      paramLabel = "NEARNESS",
      converter = Share.class,
      description =
          """
          Focus on a nearness instead: 0 is the farthest in the photo, 1 the nearest.\
          """)
  private Optional<Double> depth = Optional.empty();

  @Option(
      names = "--aperture",
      paramLabel = "PERCENT",
      converter = Diameter.class,
      defaultValue = "4",
      description =
          """
          How strong the blur is, 0 to 20: the width of the disc that the farthest point becomes \
          when the nearest is in focus, in percent of the photo's longer side (default: \
          ${DEFAULT-VALUE}).\
          """)
  private double aperture = 4;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      converter = PictureFormats.class,
      completionCandidates = PictureFormats.class,
      defaultValue = "jpg",
      description =
          """
          jpg or png (default: ${DEFAULT-VALUE}); the ending of a file given with -o decides.\
          """)
  private String format = "jpg";

  /** A place in a picture, in fractions of its sides. */
  record Point(double x, double y) {}

  /** Places as in {@code 0.5,0.4}. */
  static final class Points implements ITypeConverter<Point> {
    private static final Pattern POINT = Pattern.compile("(\\d*\\.?\\d+),(\\d*\\.?\\d+)");

    @Override
    public Point convert(String text) {
      Matcher matcher = POINT.matcher(text);
      if (matcher.matches()) {
        Point point =
            new Point(Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)));
        if (point.x() <= 1 && point.y() <= 1) {
          return point;
        }
      }
      throw new TypeConversionException(
          "must be X,Y between 0 and 1, such as 0.5,0.4, not '" + text + "'");
    }
  }

  /** Diameters of discs. */
  static final class Diameter extends Decimal {
    Diameter() {
      super("0", "20");
    }
  }

  /** Formats of pictures by name. */
  static final class PictureFormats extends Choice<String> {
    PictureFormats() {
      super("format", List.of("jpg", "png"), name -> name);
    }
  }

  @Override
  List<String> suffixes() {
    if (focus.isPresent() && depth.isPresent()) {
      throw wrong("give either --focus or --focus-depth");
    }
    return List.of(".bokeh." + format);
  }

  @Override
  List<String> endings() {
    return List.of(".jpg", ".jpeg", ".png");
  }

  @Override
  void draw(RgbImage photo, DepthMap map, Map<String, Path> outputs) {
    double sharp = depth.orElseGet(() -> focus(Nearness.of(map)));
    RgbImage blurred = ParallelDefocus.apply(photo, map, new Aperture(sharp, aperture));
    outputs.values().forEach(file -> PictureFile.write(blurred, file));
  }

  private double focus(Nearness nearness) {
    return focus.map(point -> nearness.around(point.x(), point.y())).orElseGet(nearness::subject);
  }
}
