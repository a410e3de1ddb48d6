package dev.deltadepth.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of files whose ending says what they hold. */
public abstract class FileName implements ITypeConverter<Path> {
  private final List<String> endings;

  public FileName(String... endings) {
    this.endings = List.of(endings);
  }

  @Override
  public final Path convert(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (endings.stream().noneMatch(name::endsWith)) {
      throw new TypeConversionException("must end in %s, not '%s'".formatted(allowed(), text));
    }
    return Values.path(text);
  }

  private String allowed() {
    int last = endings.size() - 1;
    return last == 0
        ? endings.get(0)
        : String.join(", ", endings.subList(0, last)) + " or " + endings.get(last);
  }
}
