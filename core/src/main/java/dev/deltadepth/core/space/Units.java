package dev.deltadepth.core.space;

/** How files state the unit of places. */
public final class Units {
  private Units() {}

  /**
   * The unit in words.
   *
   * @param metric whether places are in metres
   */
  public static String of(boolean metric) {
    return metric ? "metres" : "unknown; 1 is the distance of the nearest point";
  }
}
