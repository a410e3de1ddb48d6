package dev.deltadepth.core.live;

/**
 * Chooses the network's input size for live depth so that the device makes more than four maps per
 * second.
 *
 * <p>It starts at a medium size, goes down at once when a size is too slow, and up only if the next
 * one would be fast enough with a margin. A size that was too slow is tried again later, because
 * the device may just have been busy; the wait doubles with every failure.
 */
public final class SizeChooser {
  private static final int SMALLEST = 96;
  private static final int FIRST = 192;
  private static final int STEP = 32;

  /** Milliseconds per map: four per second would be 250, less a margin. */
  private static final double SLOWEST = 200;

  /** A larger size must be expected to take at most this share of the limit. */
  private static final double MARGIN = 0.6;

  /** Maps to measure before a decision. */
  private static final int ENOUGH = 6;

  /** Weight of the latest map in the moving average. */
  private static final double RATE = 0.3;

  /** Half the number of maps until the first size that was too slow is tried again. */
  private static final int PATIENCE = 100;

  private final int whole;
  private int size;
  private int largest;
  private int patience = PATIENCE;
  private int count;
  private double mean;

  /** Chooses sizes up to the model's native size. */
  public SizeChooser(int nativeSize) {
    whole = Math.max(SMALLEST, nativeSize);
    largest = whole;
    size = Math.min(FIRST, largest);
  }

  /** Shorter side of the network's input in pixels. */
  public int size() {
    return size;
  }

  /** Records the time that a map at the current size took, from frame to map, in milliseconds. */
  public void took(double milliseconds) {
    mean = count == 0 ? milliseconds : mean + RATE * (milliseconds - mean);
    count++;
    if (count < ENOUGH) {
      return;
    }
    if (count == patience) {
      largest = whole;
    }
    double larger = (double) (size + STEP) / size;
    if (mean > SLOWEST && size > SMALLEST) {
      patience *= 2;
      largest = Math.max(SMALLEST, size - STEP);
      go(largest);
    } else if (mean * larger * larger < SLOWEST * MARGIN && size + STEP <= largest) {
      go(size + STEP);
    }
  }

  private void go(int newSize) {
    size = newSize;
    count = 0;
  }
}
