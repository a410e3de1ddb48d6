package dev.deltadepth.eval.report;

/** Comma-separated values (RFC 4180). */
public final class Csv {
  /** Line separator. */
  public static final String END = "\r\n";

  private Csv() {}

  /** A text as a cell, quoted if necessary. */
  public static String cell(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
