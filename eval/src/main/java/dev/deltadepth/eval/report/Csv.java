package dev.deltadepth.eval.report;

/** Comma-separated values as RFC 4180 has them. */
public final class Csv {
  /** The end of a line. */
  public static final String END = "\r\n";

  private Csv() {}

  /** A text as a cell, quoted where it must be. */
  public static String cell(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
