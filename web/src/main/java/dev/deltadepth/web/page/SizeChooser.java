package dev.deltadepth.web.page;

/**
 * The network's size for live depth, chosen so that this device makes more than four maps a second.
 *
 * <p>It starts in the middle, goes down at once when a size turns out too slow, and up only when
 * the next one would be quick enough with room to spare. A size that was too slow is tried again
 * after a while, since a device may only have been busy; with each that fails the while becomes
 * twice as long.
 */
public final class SizeChooser {
  private static final int SMALLEST = 96;
  private static final int FIRST = 192;
  private static final int STEP = 32;

  /** Four maps a second leave 250 milliseconds each; less, so that it stays above. */
  private static final double SLOWEST = 200;

  private static final double ROOM = 0.6;
  private static final int ENOUGH = 6;
  private static final double RATE = 0.3;

  /** Twice as many maps pass before the first size that was too slow is tried again. */
  private static final int PATIENCE = 100;

  private final int whole;
  private int size;
  private int largest;
  private int patience = PATIENCE;
  private int count;
  private double mean;

  /** A choice up to the model's native size. */
  public SizeChooser(int nativeSize) {
    whole = Math.max(SMALLEST, nativeSize);
    largest = whole;
    size = Math.min(FIRST, largest);
  }

  /** The shorter side that the network is to see, in pixels. */
  public int size() {
    return size;
  }

  /** A map at the present size took that long, from frame to frame, in milliseconds. */
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
    } else if (mean * larger * larger < SLOWEST * ROOM && size + STEP <= largest) {
      go(size + STEP);
    }
  }

  private void go(int newSize) {
    size = newSize;
    count = 0;
  }
}
