package dev.deltadepth.cli.option;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers from one to another, both allowed, such as 2.5. */
public abstract class Decimal implements ITypeConverter<Double> {
  private final String least;
  private final String most;

  public Decimal(String least, String most) {
    this.least = least;
    this.most = most;
  }

  @Override
  public final Double convert(String text) {
    if (text.matches("[+-]?(\\d{1,12}\\.?\\d{0,12}|\\.\\d{1,12})")) {
      BigDecimal number = new BigDecimal(text);
      if (number.compareTo(new BigDecimal(least)) >= 0
          && number.compareTo(new BigDecimal(most)) <= 0) {
        return number.doubleValue();
      }
    }
    throw new TypeConversionException(
        "must be a number between " + least + " and " + most + ", not '" + text + "'");
  }
}
