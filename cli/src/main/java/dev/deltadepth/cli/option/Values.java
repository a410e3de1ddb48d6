package dev.deltadepth.cli.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How texts of the command line become values where an option names no converter of its own.
 * Classes rather than lambdas: Java 17 crashes when it archives those for the launcher.
 */
public final class Values {
  private Values() {}

  /** Makes all commands convert so. */
  public static void register(CommandLine line) {
    line.registerConverter(String.class, new Text());
    line.registerConverter(Path.class, new Name());
    line.registerConverter(Long.class, new LongNumber());
    line.registerConverter(long.class, new LongNumber());
    line.registerConverter(Boolean.class, new Flag());
    line.registerConverter(boolean.class, new Flag());
  }

  /** A file or folder. */
  public static Path path(String text) {
    return new Name().convert(text);
  }

  /** Anything but an empty text. */
  private static final class Text implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.isEmpty()) {
        throw new TypeConversionException("must not be empty");
      }
      return text;
    }
  }

  /** The name of a file or folder. */
  private static final class Name implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      try {
        return Path.of(new Text().convert(text));
      } catch (InvalidPathException e) {
        throw new TypeConversionException(
            "must be the name of a file or folder, not '%s' (%s)".formatted(text, e.getReason()));
      }
    }
  }

  /** A whole number of any sign. */
  private static final class LongNumber implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "must be a whole number of at most 18 digits, not '%s'".formatted(text));
      }
    }
  }

  /** What stands behind a flag, as in {@code --quiet=false}. */
  private static final class Flag implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default ->
            throw new TypeConversionException(
                "must be true or false or have no value, not '" + text + "'");
      };
    }
  }
}
