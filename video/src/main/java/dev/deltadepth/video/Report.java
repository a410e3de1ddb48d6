package dev.deltadepth.video;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringJoiner;

/** What FFmpeg says on standard error, for people. */
final class Report {

  private Report() {}

  /**
   * Its lines as one, each once, without the names and addresses of FFmpeg's parts.
   *
   * @param most characters of the result
   */
  static String plain(String said, int most) {
    Set<String> lines = new LinkedHashSet<>();
    for (String line : said.split("\\R+")) {
      String text =
          line.replaceAll("\\[[^\\[\\]]* @ 0x[0-9a-f]+\\]", "").replaceAll("[\\p{Cntrl}\\s]+", " ");
      lines.add(text.strip());
    }
    StringJoiner joined = new StringJoiner("; ");
    for (String line : lines) {
      if (!line.isEmpty()) {
        joined.add(line.endsWith(".") ? line.substring(0, line.length() - 1) : line);
      }
    }
    String all = joined.toString();
    return all.length() <= most ? all : all.substring(0, most - 4) + " ...";
  }
}
