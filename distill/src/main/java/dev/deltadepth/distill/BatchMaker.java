package dev.deltadepth.distill;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Makes the batches of a run. What batch {@code i} holds depends on the seed and on {@code i}
 * alone, not on threads or on where a run was resumed. The teacher labels the very crop that the
 * student sees, so that augmentation never runs out.
 */
final class BatchMaker {

  /** Sides of tensors: what every network here divides by. */
  private static final int MULTIPLE = 32;

  private final Photos photos;
  private final Teacher teacher;
  private final long seed;
  private final double smallestCrop;

  /** The order of the epoch at work. Two threads may make it twice, which does no harm. */
  private volatile Permutation order;

  BatchMaker(Photos photos, Teacher teacher, long seed, double smallestCrop) {
    this.photos = photos;
    this.teacher = teacher;
    this.seed = seed;
    this.smallestCrop = smallestCrop;
    this.order = Permutation.of(seed, photos.count());
  }

  /** Height and width of a tensor. */
  record Sides(int height, int width) {}

  /**
   * Batch {@code index} of the run.
   *
   * @param count pictures in it
   * @param size side of the square that has about as many pixels as each of its pictures
   */
  Batch make(long index, int count, int size) {
    Random random = random(index, -1);
    List<Sides> choices = choices(size);
    // The square half of the time, and any of the others the other half.
    Sides sides =
        random.nextBoolean() ? new Sides(size, size) : choices.get(random.nextInt(choices.size()));
    Sides seen = teacherSides(sides);
    int pixels = sides.height() * sides.width();
    int seenPixels = seen.height() * seen.width();
    float[] rgb = new float[count * 3 * pixels];
    float[] forTeacher = new float[count * 3 * seenPixels];
    for (int i = 0; i < count; i++) {
      Random own = random(index, i);
      RgbImage photo = photo(index * count + i, own);
      double aspect = (double) sides.width() / sides.height();
      Crop crop = Crop.random(photo, aspect, smallestCrop, own);
      crop.draw(photo, forTeacher, i * 3 * seenPixels, seen.height(), seen.width());
      crop.draw(photo, rgb, i * 3 * pixels, sides.height(), sides.width());
      ColourJitter.apply(rgb, i * 3 * pixels, pixels, own);
    }
    Teacher.Labels labels = teacher.label(forTeacher, count, seen.height(), seen.width());
    float[] disparity = new float[count * pixels];
    for (int i = 0; i < count; i++) {
      float[] map = resized(labels.disparity(), i * seenPixels, seen, sides);
      stretch(map);
      System.arraycopy(map, 0, disparity, i * pixels, pixels);
    }
    return new Batch(
        index, count, sides.height(), sides.width(), rgb, disparity, labels.features());
  }

  private Random random(long index, int sample) {
    long z = (seed * 0x9E3779B97F4A7C15L + index) * 0xBF58476D1CE4E5B9L + sample;
    z = (z ^ (z >>> 30)) * 0x94D049BB133111EBL;
    return new Random(z ^ (z >>> 31));
  }

  /** Each epoch goes through the photos in an order of its own; an unreadable one is replaced. */
  private RgbImage photo(long sample, Random random) {
    int count = photos.count();
    long epochSeed = seed + sample / count;
    Permutation epoch = order;
    if (epoch.seed() != epochSeed) {
      epoch = Permutation.of(epochSeed, count);
      order = epoch;
    }
    Optional<RgbImage> photo = photos.photo(epoch.order()[(int) (sample % count)]);
    for (int tries = 0; photo.isEmpty(); tries++) {
      if (tries == 1000) {
        throw new DistillException(
            "of 1000 photos none can be decoded; the first: " + photos.unreadable().get(0));
      }
      photo = photos.photo(random.nextInt(count));
    }
    return photo.get();
  }

  /** Sides of about the same area, from 1:2 to 2:1. */
  static List<Sides> choices(int size) {
    List<Sides> choices = new ArrayList<>();
    for (int height = MULTIPLE; height <= 2 * size; height += MULTIPLE) {
      for (int width = MULTIPLE; width <= 2 * size; width += MULTIPLE) {
        double area = (double) height * width / ((double) size * size);
        boolean shape = height <= 2 * width && width <= 2 * height;
        if (shape && area > 0.8 && area < 1.2) {
          choices.add(new Sides(height, width));
        }
      }
    }
    return choices.isEmpty() ? List.of(new Sides(size, size)) : choices;
  }

  /** The teacher sees the crop at its native size or, where that is larger, at the student's. */
  private Sides teacherSides(Sides sides) {
    double scale =
        Math.max(1, (double) teacher.nativeSize() / Math.min(sides.height(), sides.width()));
    return new Sides(multiple(sides.height() * scale), multiple(sides.width() * scale));
  }

  private int multiple(double side) {
    return Math.max(1, (int) Math.round(side / teacher.multiple())) * teacher.multiple();
  }

  private static float[] resized(float[] maps, int offset, Sides from, Sides to) {
    float[] map = new float[from.height() * from.width()];
    System.arraycopy(maps, offset, map, 0, map.length);
    DepthMap whole = new DepthMap(DepthMap.Kind.DISPARITY, from.width(), from.height(), map);
    return from.equals(to) ? map : Resizer.resize(whole, to.width(), to.height()).data();
  }

  /** Minimum to 0 and maximum to 1; a constant map to 0. Teachers have no fixed scale. */
  static void stretch(float[] map) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : map) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    float scale = high > low ? 1 / (high - low) : 0;
    for (int i = 0; i < map.length; i++) {
      map[i] = (map[i] - low) * scale;
    }
  }
}
