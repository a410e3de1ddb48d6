package dev.deltadepth.io.space;

/** How files state the unit of places. */
final class Units {
  private Units() {}

  static String of(boolean metric) {
    return metric ? "metres" : "unknown; 1 is the distance of the nearest point";
  }
}
