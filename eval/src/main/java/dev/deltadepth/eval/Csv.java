package dev.deltadepth.eval;

/** Comma-separated values as RFC 4180 has them. */
final class Csv {
  /** The end of a line. */
  static final String END = "\r\n";

  private Csv() {}

  /** A text as a cell, quoted where it must be. */
  static String cell(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
