package dev.deltadepth.cli.view;

import dev.deltadepth.cli.option.Decimal;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Fog;
import dev.deltadepth.io.view.PictureFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code delta fog}: fog that grows with distance. */
@Command(
    name = "fog",
    header = "Put fog into photos.",
    description =
        """
        Writes STEM.fog.jpg for each photo, where STEM is its name without the ending. The farther \
        something is, the more the fog hides it.\
        """,
    footer =
        """
          delta fog street.jpg
          delta fog street.jpg --strength 0.95 --colour 302820 -o dusk.jpg\
        """)
public final class FogCommand extends ViewCommand {
  private static final int HEX = 16;

  @Option(
      names = "--strength",
      paramLabel = "SHARE",
      converter = Strength.class,
      defaultValue = "0.85",
      description =
          """
          How much of the farthest the fog hides: 0 is nothing, 0.99 nearly all (default: \
          ${DEFAULT-VALUE}).\
          """)
  private double strength = 0.85;

  @Option(
      names = "--colour",
      paramLabel = "RRGGBB",
      converter = Colour.class,
      defaultValue = "d4dade",
      description =
          """
          The colour of the fog: red, green and blue, two hexadecimal digits each (default: \
          ${DEFAULT-VALUE}, a light grey).\
          """)
  private int colour = 0xd4dade;

  /** How thick the fog is. */
  static final class Strength extends Decimal {
    Strength() {
      super("0", "0.99");
    }
  }

  /** Colours as in {@code d4dade}. */
  static final class Colour implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[0-9a-fA-F]{6}")) {
        throw new TypeConversionException(
            "must be a colour of six digits, RRGGBB, such as d4dade, not '" + text + "'");
      }
      return Integer.parseInt(text, HEX);
    }
  }

  @Override
  List<String> suffixes() {
    return List.of(".fog.jpg");
  }

  @Override
  List<String> endings() {
    return List.of(".jpg", ".jpeg", ".png");
  }

  @Override
  void draw(RgbImage photo, DepthMap depth, Map<String, Path> outputs) {
    RgbImage foggy = new Fog(strength, colour).apply(photo, depth);
    outputs.values().forEach(file -> PictureFile.write(foggy, file));
  }
}
