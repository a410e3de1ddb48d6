package dev.deltadepth.cli.option;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.io.map.MapStyle;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * How maps become pictures: {@code --colormap}, {@code --invert}, {@code --range}, {@code --clip}.
 */
public final class StyleOptions {
  @Option(
      names = "--colormap",
      paramLabel = "NAME",
      defaultValue = "inferno",
      converter = Colormaps.class,
      completionCandidates = Colormaps.class,
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Colormap colormap = Colormap.named("inferno");

  @Option(
      names = "--invert",
      description = "Near is dark in png, png16 and side. The other formats keep the values.")
  private boolean invert;

  @Option(
      names = "--range",
      paramLabel = "LOW,HIGH",
      converter = Ends.class,
      description =
          """
          The values that become the darkest and the brightest, or 'shared': one range for all \
          photos, such as the frames of a sequence, for which each is estimated twice (default: \
          each photo's own lowest and highest, without outliers).\
          """)
  private Optional<Ends.Given> range = Optional.empty();

  @Option(
      names = "--clip",
      paramLabel = "LOW,HIGH",
      converter = Percentiles.class,
      description = "The range in percentiles of each map, such as 2,98.")
  private Optional<Normalization> clip = Optional.empty();

  /** Two numbers, or 'shared'. */
  static final class Ends implements ITypeConverter<Ends.Given> {

    /** A range for all maps; empty if it is to be found. */
    record Given(Optional<Normalization> range) {}

    @Override
    public Given convert(String text) {
      return text.equals("shared")
          ? new Given(Optional.empty())
          : new Given(Optional.of(pair(text, "expected LOW,HIGH or 'shared', not '" + text + "'")));
    }
  }

  /** Two percentages in order. */
  static final class Percentiles implements ITypeConverter<Normalization> {
    @Override
    public Normalization convert(String text) {
      String wrong = "expected two percentages in order such as 2,98, not '" + text + "'";
      Normalization ends = pair(text, wrong);
      if (ends.low() < 0 || ends.high() > 100) {
        throw new TypeConversionException(wrong);
      }
      return ends;
    }
  }

  private static Normalization pair(String text, String wrong) {
    String[] ends = text.split(",", -1);
    try {
      if (ends.length == 2) {
        float low = Float.parseFloat(ends[0].strip());
        float high = Float.parseFloat(ends[1].strip());
        if (low < high) {
          return new Normalization(low, high);
        }
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new TypeConversionException(wrong);
  }

  /** Whether both ways to choose a range are given. */
  public boolean contradicts() {
    return range.isPresent() && clip.isPresent();
  }

  /** Whether one range is to be found for all photos. */
  public boolean isShared() {
    return range.isPresent() && range.get().range().isEmpty();
  }

  /** The style; if a range is shared, without it. */
  public MapStyle style() {
    MapStyle style = MapStyle.of(colormap).withNearDark(invert);
    Optional<Normalization> given = range.flatMap(Ends.Given::range);
    if (given.isPresent()) {
      return style.withRange(map -> given.get());
    }
    return clip.map(
            ends ->
                style.withRange(
                    map -> Normalization.percentiles(map.data(), ends.low(), ends.high())))
        .orElse(style);
  }
}
