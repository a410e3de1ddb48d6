package dev.deltadepth.distill;

import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.data.Augmenter;
import dev.deltadepth.distill.data.Crop;
import dev.deltadepth.distill.data.Permutation;
import dev.deltadepth.distill.data.Photos;
import dev.deltadepth.distill.data.Shares;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.distill.label.Supervision;
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
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * Makes the batches of a run. Batch {@code i} depends only on the seed and on {@code i}, not on
 * threads or on where a run was resumed. Labels are of exactly the crop that the student sees, so
 * augmentation is unlimited.
 */
final class BatchMaker {

  /** Height to width of the tallest crops: phones held upright. */
  private static final double TALLEST = 2;

  /** Width to height of the widest crops: cameras on cars. */
  private static final double WIDEST = 3.5;

  private final List<Photos> sources;
  private final Shares shares;
  private final Supervision supervision;
  private final boolean features;
  private final Recipe recipe;

  /** The order of each source's current epoch. Two threads may both compute one, harmlessly. */
  private final AtomicReferenceArray<Permutation> orders;

  /**
   * @param data the pictures to choose from
   * @param features whether the teacher's intermediate maps are needed
   * @param recipe gives the seed, the crops and the augmentation
   */
  BatchMaker(TrainingData data, boolean features, Recipe recipe) {
    this.sources = data.sources().stream().map(source -> source.pictures().training()).toList();
    this.shares = new Shares(data.sources().stream().map(TrainingData.Source::share).toList());
    this.supervision = data.supervision();
    this.features = features;
    this.recipe = recipe;
    this.orders = new AtomicReferenceArray<>(sources.size());
  }

  private record Chosen(Photos of, int index, RgbImage photo) {}

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
      chosen.add(choose(first + i));
    }
    Random shape = random(index, -1);
    // Not always the first, which may always come from the same source.
    Sides sides = sides(size, chosen.get(shape.nextInt(count)).photo(), shape);
    double aspect = sides.aspect();
    int pixels = sides.height() * sides.width();
    float[] rgb = new float[count * 3 * pixels];
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Random own = randoms.get(i);
      Window window = window(chosen.get(i), aspect, own);
      if (own.nextDouble() < recipe.augmentation().mix()) {
        Photos all = chosen.get(i).of();
        Chosen other = readable(all, own.nextInt(all.count()));
        window = window.with(Window.Inset.random(window(other, aspect, own), own));
      }
      windows.add(window);
      window.draw(rgb, i * 3 * pixels, sides.height(), sides.width());
      Augmenter.apply(
          rgb, i * 3 * pixels, sides.height(), sides.width(), recipe.augmentation(), own);
    }
    Supervision.Targets targets =
        supervision.label(
            windows, sides.height(), sides.width(), (double) stage.labelled() / size, features);
    float[] infinity = new float[count];
    for (int i = 0; i < count; i++) {
      infinity[i] = stretch(targets.disparity(), i * pixels, pixels, targets.infinity()[i]);
    }
    return new Batch(
        index,
        count,
        sides.height(),
        sides.width(),
        rgb,
        targets.disparity(),
        infinity,
        targets.roughEdges(),
        targets.features());
  }

  /**
   * Stretches one of several maps to [0, 1] in place.
   *
   * @param infinity a value on the map's scale
   * @return the same on the new scale; NaN where the map is constant
   */
  private static float stretch(float[] maps, int from, int pixels, float infinity) {
    float[] map = Arrays.copyOfRange(maps, from, from + pixels);
    Normalization window = Normalization.of(map);
    Normalization.stretch(map);
    System.arraycopy(map, 0, maps, from, pixels);
    float range = window.high() - window.low();
    return range > 0 ? (infinity - window.low()) / range : Float.NaN;
  }

  private Window window(Chosen chosen, double aspect, Random random) {
    RgbImage photo = chosen.photo();
    double smallest = recipe.photos().smallestCrop();
    Crop crop = Crop.random(photo, aspect, smallest, recipe.augmentation(), random);
    return new Window(chosen.of().contentHash(chosen.index()), photo, crop);
  }

  private Random random(long index, int sample) {
    long z = (recipe.seed() * 0x9E3779B97F4A7C15L + index) * 0xBF58476D1CE4E5B9L + sample;
    z = (z ^ (z >>> 30)) * 0x94D049BB133111EBL;
    return new Random(z ^ (z >>> 31));
  }

  /** Each epoch visits a source's photos in its own order. */
  private Chosen choose(long sample) {
    int source = shares.source(sample);
    long earlier = shares.earlier(sample);
    Photos photos = sources.get(source);
    int count = photos.count();
    long epochSeed = recipe.seed() + 1_000_003L * source + earlier / count;
    Permutation epoch = orders.get(source);
    if (epoch == null || epoch.seed() != epochSeed) {
      epoch = Permutation.of(epochSeed, count);
      orders.set(source, epoch);
    }
    return readable(photos, epoch.at((int) (earlier % count)));
  }

  /** The photo at an index, or the next that is readable. */
  private static Chosen readable(Photos photos, int wanted) {
    int index = wanted;
    Optional<RgbImage> photo = photos.photo(index);
    for (int tries = 0; photo.isEmpty(); tries++) {
      if (tries == photos.count()) {
        throw new DistillException(
            "none of "
                + photos.count()
                + " photos can be read; the first: "
                + photos.unreadable().get(0));
      }
      index = (index + 1) % photos.count();
      photo = photos.photo(index);
    }
    return new Chosen(photos, index, photo.get());
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
}
