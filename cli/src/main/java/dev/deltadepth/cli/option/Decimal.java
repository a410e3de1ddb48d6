package dev.deltadepth.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers between two others, both excluded. */
public abstract class Decimal implements ITypeConverter<Double> {
  private final double above;
  private final double below;
  private final String what;

  /**
   * @param what is expected, for messages
   */
  public Decimal(double above, double below, String what) {
    this.above = above;
    this.below = below;
    this.what = what;
  }

  @Override
  public final Double convert(String text) {
    try {
      double number = Double.parseDouble(text.strip());
      if (number > above && number < below) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new TypeConversionException("must be " + what + ", not '" + text + "'");
  }
}
