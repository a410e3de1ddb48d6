package dev.deltadepth.distill;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.data.Augmenter;
import dev.deltadepth.distill.data.Crop;
import dev.deltadepth.distill.data.Permutation;
import dev.deltadepth.distill.data.Photos;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.distill.label.Labeller;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.Stage;
import dev.deltadepth.nn.DepthNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes the batches of a run. Batch {@code i} depends only on the seed and on {@code i}, not on
 * threads or on where a run was resumed. The teacher labels exactly the crop that the student sees,
 * so augmentation is unlimited.
 */
final class BatchMaker {

  /** Height to width of the tallest crops: phones held upright. */
  private static final double TALLEST = 2;

  /** Width to height of the widest crops: cameras on cars. */
  private static final double WIDEST = 3.5;

  private final Photos photos;
  private final Labeller teacher;
  private final Recipe recipe;

  /** The order of the current epoch. Two threads may both compute it, which is harmless. */
  private volatile Permutation order;

  /**
   * @param recipe gives the seed, the crops and the augmentation
   */
  BatchMaker(Photos photos, Labeller teacher, Recipe recipe) {
    this.photos = photos;
    this.teacher = teacher;
    this.recipe = recipe;
    this.order = Permutation.of(recipe.seed(), photos.count());
  }

  private record Chosen(int index, RgbImage photo) {}

  /** Height and width of a tensor. */
  record Sides(int height, int width) {
    double aspect() {
      return (double) width / height;
    }

    /** How far the aspect ratio is from a photo's, as the logarithm of their quotient. */
    double distance(RgbImage photo) {
      return Math.abs(Math.log(aspect() * photo.height() / photo.width()));
    }
  }

  /**
   * Batch {@code index} of the run.
   *
   * @param first number of crops in the run before this batch
   * @param stage that the batch belongs to
   */
  Batch make(long index, long first, Stage stage) {
    int count = stage.batch();
    int size = stage.size();
    List<Random> randoms = IntStream.range(0, count).mapToObj(i -> random(index, i)).toList();
    List<Chosen> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(choose(first + i, randoms.get(i)));
    }
    Sides sides = sides(size, chosen.get(0).photo(), random(index, -1));
    double aspect = sides.aspect();
    int pixels = sides.height() * sides.width();
    float[] rgb = new float[count * 3 * pixels];
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Random own = randoms.get(i);
      Window window = window(chosen.get(i), aspect, own);
      if (own.nextDouble() < recipe.augmentation().mix()) {
        Chosen other = readable(own.nextInt(photos.count()), own);
        window = window.with(Window.Inset.random(window(other, aspect, own), own));
      }
      windows.add(window);
      window.draw(rgb, i * 3 * pixels, sides.height(), sides.width());
      Augmenter.apply(
          rgb, i * 3 * pixels, sides.height(), sides.width(), recipe.augmentation(), own);
    }
    double scale = (double) stage.labelled() / size;
    InputSize labelSize =
        teacher.sizeFor(
            (int) Math.round(scale * sides.width()), (int) Math.round(scale * sides.height()));
    Labeller.Labels labels = teacher.label(windows, labelSize.height(), labelSize.width());
    float[] disparity = new float[count * pixels];
    for (int i = 0; i < count; i++) {
      float[] map = resized(labels.disparity(), i, labelSize, sides);
      Normalization.stretch(map);
      System.arraycopy(map, 0, disparity, i * pixels, pixels);
    }
    return new Batch(
        index, count, sides.height(), sides.width(), rgb, disparity, labels.features());
  }

  private Window window(Chosen chosen, double aspect, Random random) {
    RgbImage photo = chosen.photo();
    double smallest = recipe.photos().smallestCrop();
    Crop crop = Crop.random(photo, aspect, smallest, recipe.augmentation(), random);
    return new Window(photos.contentHash(chosen.index()), photo, crop);
  }

  private Random random(long index, int sample) {
    long z = (recipe.seed() * 0x9E3779B97F4A7C15L + index) * 0xBF58476D1CE4E5B9L + sample;
    z = (z ^ (z >>> 30)) * 0x94D049BB133111EBL;
    return new Random(z ^ (z >>> 31));
  }

  /** Each epoch visits the photos in its own order. */
  private Chosen choose(long sample, Random random) {
    int count = photos.count();
    long epochSeed = recipe.seed() + sample / count;
    Permutation epoch = order;
    if (epoch.seed() != epochSeed) {
      epoch = Permutation.of(epochSeed, count);
      order = epoch;
    }
    return readable(epoch.at((int) (sample % count)), random);
  }

  /** The photo at an index, or a random other one if it is unreadable. */
  private Chosen readable(int wanted, Random random) {
    int index = wanted;
    Optional<RgbImage> photo = photos.photo(index);
    for (int tries = 0; photo.isEmpty(); tries++) {
      if (tries == 1000) {
        throw new DistillException(
            "gave up after 1000 unreadable photos; check the photo folder. First problem: "
                + photos.unreadable().get(0));
      }
      index = random.nextInt(photos.count());
      photo = photos.photo(index);
    }
    return new Chosen(index, photo.get());
  }

  /** The sides for a batch: random as often as the recipe says, else closest to its first photo. */
  private Sides sides(int size, RgbImage photo, Random random) {
    List<Sides> choices = choices(size);
    return random.nextDouble() < recipe.augmentation().aspects()
        ? choices.get(random.nextInt(choices.size()))
        : nearest(choices, photo);
  }

  /** The sides closest to a photo's aspect ratio; on a tie, the smallest. */
  static Sides nearest(List<Sides> choices, RgbImage photo) {
    return Collections.min(
        choices, Comparator.comparingDouble((Sides sides) -> sides.distance(photo)));
  }

  /** All sides of about the area of a square of {@code size}, from 1:2 to 7:2. */
  static List<Sides> choices(int size) {
    List<Sides> choices = new ArrayList<>();
    for (int height = DepthNetwork.MULTIPLE;
        height <= TALLEST * size;
        height += DepthNetwork.MULTIPLE) {
      for (int width = DepthNetwork.MULTIPLE;
          width <= WIDEST * size;
          width += DepthNetwork.MULTIPLE) {
        double area = (double) height * width / ((double) size * size);
        boolean shape = height <= TALLEST * width && width <= WIDEST * height;
        if (shape && area > 0.8 && area < 1.2) {
          choices.add(new Sides(height, width));
        }
      }
    }
    return choices.isEmpty() ? List.of(new Sides(size, size)) : choices;
  }

  private static float[] resized(float[] maps, int sample, InputSize from, Sides to) {
    int values = from.height() * from.width();
    float[] map = Arrays.copyOfRange(maps, sample * values, (sample + 1) * values);
    if (from.width() == to.width() && from.height() == to.height()) {
      return map;
    }
    DepthMap whole = new DepthMap(DepthMap.Kind.DISPARITY, from.width(), from.height(), map);
    return Resizer.resize(whole, to.width(), to.height()).data();
  }
}
