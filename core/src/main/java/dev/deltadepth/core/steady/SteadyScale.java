package dev.deltadepth.core.steady;

/**
 * The scale and shift of a shot's maps: each map is fitted to the average that was carried to it.
 *
 * <p>Fits alone would drift: the errors of all of them add up, and what comes into view may need
 * another scale. Therefore the steady scale is pulled slowly to where the maps' own scales are on
 * average, by the same amount for the map and for the past, so that the pull is no flicker.
 */
final class SteadyScale {
  /** The part of the way back to the maps' own scale that is gone with each frame. */
  private static final double PULL = 0.02;

  /** How much each map counts in the average of the maps' own scales. */
  private static final double RECENT = 0.08;

  /** The least share of a map that has to match for a fit. */
  private static final double LEAST = 0.02;

  private final ScaleFit fit = new ScaleFit();
  private double scale = 1;
  private double shift;
  private double ownScale;
  private double ownLevel;

  /** Begins a shot with the first map's own scale. */
  void begin() {
    scale = 1;
    shift = 0;
    ownScale = 0;
    ownLevel = 0;
  }

  /** Continues as another one would. */
  void continueAs(SteadyScale other) {
    scale = other.scale;
    shift = other.shift;
    ownScale = other.ownScale;
    ownLevel = other.ownLevel;
  }

  /**
   * Brings a map and what was carried to it to one scale.
   *
   * @param now has the map's own values, and gets those of the steady scale
   * @param carried the average of the frames before, which gets pulled
   * @param worth 0 where nothing was carried
   */
  void follow(Moment now, float[] carried, float[] worth) {
    double level = 0;
    double count = 0;
    double matching = 0;
    for (int i = 0; i < worth.length; i++) {
      level += now.values[i];
      count += now.present[i];
      matching += worth[i] > 0 ? 1 : 0;
    }
    level /= count;
    now.noise = 0;
    if (matching > LEAST * count && fit.fit(now.values, carried, worth)) {
      scale = fit.scale();
      shift = fit.shift();
      now.noise = fit.residual();
    }
    double steady = scale * level + shift;
    ownScale += RECENT * (Math.log(scale) - ownScale);
    ownLevel += RECENT * (steady - level - ownLevel);
    now.gain = Math.exp(-PULL * ownScale);
    now.lift = steady * (1 - now.gain) - PULL * ownLevel;
    now.noise *= now.gain;
    scale *= now.gain;
    shift = shift * now.gain + now.lift;
    change(now.values, now.present, scale, shift);
    change(carried, worth, now.gain, now.lift);
  }

  /** Scales and shifts the values where there are any. */
  static void change(float[] values, float[] worth, double scale, double shift) {
    float a = (float) scale;
    float b = (float) shift;
    for (int i = 0; i < values.length; i++) {
      if (worth[i] > 0) {
        values[i] = a * values[i] + b;
      }
    }
  }
}
