package dev.deltadepth.cli.option;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Names that stand for values, in upper or lower case. An option takes the same class as its {@code
 * converter} and as its {@code completionCandidates}.
 */
public abstract class Choice<T> implements ITypeConverter<T>, Iterable<String> {
  private final String kind;
  private final Map<String, T> values = new LinkedHashMap<>();

  /**
   * @param kind what a name names, in the singular, for messages
   * @param name gives a value's name
   */
  public Choice(String kind, List<T> values, Function<T, String> name) {
    this.kind = kind;
    for (T value : values) {
      this.values.put(name.apply(value), value);
    }
  }

  @Override
  public final T convert(String name) {
    T value = values.get(name.strip().toLowerCase(Locale.ROOT));
    if (value == null) {
      throw new TypeConversionException(
          "unknown %s '%s'; choose from %s%s"
              .formatted(kind, name, String.join(", ", this), otherwise(name)));
    }
    return value;
  }

  /**
   * What to do if somebody meant something else by a name that is none of these; ends the error.
   */
  protected String otherwise(String name) {
    return "";
  }

  /** The names for help and shell completion. */
  @Override
  public final Iterator<String> iterator() {
    return values.keySet().iterator();
  }
}
