package dev.deltadepth.cli.option;

/** How far apart the eyes' pictures are, in percent of the width. */
public final class Divergence extends Decimal {
  /** For picocli. */
  public Divergence() {
    super("0", "20");
  }
}
