package dev.deltadepth.cli.option;

import java.math.BigInteger;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers from one to another, both allowed. */
public abstract class WholeNumber implements ITypeConverter<Integer> {
  private final int least;
  private final int most;

  public WholeNumber(int least, int most) {
    this.least = least;
    this.most = most;
  }

  @Override
  public final Integer convert(String text) {
    if (text.matches("[+-]?\\d+")) {
      BigInteger number = new BigInteger(text);
      if (number.compareTo(BigInteger.valueOf(least)) >= 0
          && number.compareTo(BigInteger.valueOf(most)) <= 0) {
        return number.intValue();
      }
    }
    throw new TypeConversionException(
        String.format(
            Locale.ROOT, "must be a whole number between %d and %d, not '%s'", least, most, text));
  }
}
