package dev.deltadepth.distill.recipe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.deltadepth.distill.loss.Loss;
import dev.deltadepth.distill.loss.Losses;
import dev.deltadepth.nn.DepthNetwork;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How to train a student, read from YAML with kebab-case keys by {@link RecipeFile}.
 *
 * @param name of the trained student
 * @param seed for initial weights, the order of photos and all augmentation
 * @param student the network, one of {@link DepthNetwork#names}
 * @param start weights to start from: safetensors files of a student or run folders, relative to
 *     the recipe's file, or {@link #EMBEDDED}; several are averaged, and one named twice counts
 *     twice; empty for random weights
 * @param taskVector what a model has learned since the one that {@code start} was trained from, to
 *     be added to {@code start}; null for nothing
 * @param encoderWeights a safetensors file with timm's pretrained weights for the encoder; empty
 *     for none
 * @param photos where the photos are and how they are cropped
 * @param truth pictures with measured depth to learn from beside the photos
 * @param augmentation how crops are augmented
 * @param teacher that labels them
 * @param stages in order, usually from small crops to large
 * @param losses weights by name, see {@link Losses}
 * @param optimizer settings of the optimizer
 * @param average decay of the moving average of the weights, which is exported; 0 for none
 * @param precision of the forward pass
 * @param nativeSize default shorter side of the exported model's input, in pixels, a multiple of 32
 * @param keep which weights to export
 * @param earlyStopping validations without improvement after which a run ends; 0 for never
 * @param checkpointEvery steps between checkpoints; 0 for once per epoch, but at least 100 steps
 * @param validateEvery steps between validations; 0 for once per epoch
 */
public record Recipe(
    String name,
    long seed,
    String student,
    @JsonFormat(
            with = {
              JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
              JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
            })
        List<String> start,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TaskSource taskVector,
    String encoderWeights,
    PhotoSource photos,
    List<TruthSource> truth,
    Augmentation augmentation,
    TeacherSource teacher,
    List<Stage> stages,
    Map<String, Double> losses,
    OptimizerSettings optimizer,
    double average,
    Precision precision,
    int nativeSize,
    Keep keep,
    int earlyStopping,
    int checkpointEvery,
    int validateEvery) {

  /** In place of a file of weights: those of the embedded model. */
  public static final String EMBEDDED = "embedded";

  /** Far more than any schedule needs, and few enough to store in every model. */
  static final int MOST_STAGES = 200;

  private static final double MOST_WEIGHT = 1e6;

  /**
   * A checkpoint holds several times the weights: a few photos must not fill the disk with them.
   */
  private static final int LEAST_CHECKPOINT = 100;

  /** Precision of the forward pass. */
  public enum Precision {
    /** 32-bit floats throughout. */
    @JsonProperty("fp32")
    FP32,
    /** bfloat16 autocast; weights, losses and the optimizer stay in float32. */
    @JsonProperty("bf16")
    BF16
  }

  /** Which weights a run exports. */
  public enum Keep {
    /** Those after the last step. */
    @JsonProperty("last")
    LAST,
    /** Those with the smallest loss on the held-out photos. */
    @JsonProperty("best")
    BEST
  }

  /**
   * Checks every value.
   *
   * @throws DistillException naming the key and the allowed values
   */
  public Recipe {
    Checks.require(name, "name");
    Checks.require(photos, "photos");
    Checks.require(augmentation, "augmentation");
    Checks.require(teacher, "teacher");
    Checks.require(stages, "stages");
    Checks.require(losses, "losses");
    Checks.require(optimizer, "optimizer");
    Checks.require(precision, "precision");
    Checks.require(keep, "keep");
    Checks.require(student, "student");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new DistillException(
          "name must be a file name of letters, digits, '.', '_' and '-', not '" + name + "'");
    }
    if (!DepthNetwork.names().contains(student)) {
      throw new DistillException(
          "unknown student '"
              + student
              + "'; choose from "
              + String.join(", ", DepthNetwork.names()));
    }
    Checks.require(start, "start");
    start = start.stream().filter(file -> !file.isEmpty()).toList();
    encoderWeights = PhotoSource.orEmpty(encoderWeights);
    if (!start.isEmpty() && !encoderWeights.isEmpty()) {
      throw new DistillException(
          "start already includes the encoder's weights; remove encoder-weights");
    }
    if (start.isEmpty() && taskVector != null) {
      throw new DistillException("task-vector is added to the weights of start; name them");
    }
    if (photos.folder().isEmpty() != (teacher instanceof TeacherSource.Scenes)) {
      throw new DistillException(
          "the teacher 'scenes' labels rendered scenes only: use it without photos: folder, and"
              + " another teacher with it");
    }
    Checks.require(truth, "truth");
    truth = List.copyOf(truth);
    double shares = photos.sceneShare() + truth.stream().mapToDouble(TruthSource::share).sum();
    boolean pictures = photos.scenes() > 0 || !photos.folder().isEmpty();
    if (pictures ? shares >= 1 : Math.abs(shares - 1) > 1e-6) {
      throw new DistillException(
          pictures
              ? "truth: the shares, with scene-share, must add up to less than 1; the rest are crops of"
                  + " the photos"
              : "the recipe lacks photos: folder; name it, or the number of scenes to render, or"
                  + " give truth with shares that add up to 1");
    }
    boolean exact = photos.scenes() > 0 || !truth.isEmpty();
    if (augmentation.mix() > 0 && (exact || teacher.wholePhotos())) {
      throw new DistillException(
          "augmentation: mix needs a teacher that labels crops; the labels here are of whole photos,"
              + " so set mix to 0");
    }
    stages.forEach(stage -> Checks.require(stage, "the steps of one of its stages"));
    stages = List.copyOf(stages);
    // Sorted, so that equal recipes are written alike.
    losses = Collections.unmodifiableMap(new TreeMap<>(losses));
    Checks.within("average", average, 0, 0.99999);
    Checks.within("native-size", nativeSize, 32, 2048);
    Checks.multiple("native-size", nativeSize, DepthNetwork.MULTIPLE);
    Checks.within("early-stopping", earlyStopping, 0, 1e6);
    Checks.within("checkpoint-every", checkpointEvery, 0, 1e9);
    Checks.within("validate-every", validateEvery, 0, 1e9);
    Checks.within("the number of stages", stages.size(), 1, MOST_STAGES);
    if (start.isEmpty() && stages.get(0).statistics() == Stage.Statistics.RUNNING) {
      throw new DistillException(
          "stages: 'statistics: running' needs statistics from earlier training; name weights in"
              + " start, or put another stage first");
    }
    checkLosses(losses);
  }

  private static void checkLosses(Map<String, Double> losses) {
    List<String> known = Losses.names();
    losses.forEach(
        (loss, weight) -> {
          if (!known.contains(loss)) {
            throw new DistillException(
                "losses: unknown loss '" + loss + "'; choose from " + String.join(", ", known));
          }
          if (weight == null || !(weight > 0 && weight <= MOST_WEIGHT)) {
            throw new DistillException(
                "losses: the weight of '" + loss + "' must be above 0 and at most 1000000");
          }
        });
    if (Losses.ofMaps().stream().map(Loss::name).noneMatch(losses::containsKey)) {
      throw new DistillException("losses: the recipe needs a loss on the map itself, such as ssi");
    }
  }

  /**
   * Reads a recipe. Its paths, relative to its own file, become absolute.
   *
   * @throws DistillException naming the file, the key and the allowed values
   */
  public static Recipe read(Path file) {
    return RecipeFile.read(file, Recipe.class).mapped(name -> RecipeFile.beside(file, name));
  }

  /**
   * Reads a recipe from YAML; the files and folders that it names are named as seen from here.
   *
   * @throws DistillException naming the key and what is allowed
   */
  public static Recipe parse(String yaml) {
    return RecipeFile.parse(yaml, "the recipe");
  }

  /**
   * The recipe with everything explicit that depends on the number of photos: epochs become steps.
   *
   * @param count training photos
   */
  public Recipe resolved(int count) {
    int k = optimizer.accumulate();
    List<Stage> inSteps = stages.stream().map(stage -> stage.inSteps(count, k)).toList();
    int epoch = (int) Math.ceil(count / ((double) inSteps.get(0).batch() * k));
    return with(
        files(),
        new Length(
            inSteps,
            checkpointEvery == 0 ? Math.max(epoch, LEAST_CHECKPOINT) : checkpointEvery,
            validateEvery == 0 ? epoch : validateEvery),
        optimizer.resolved(!encoderWeights.isEmpty()));
  }

  /** The same with another teacher. */
  public Recipe withTeacher(TeacherSource other) {
    return with(new Files(start, taskVector, encoderWeights, photos, truth, other));
  }

  /** The same with the photos of another folder. */
  public Recipe withPhotos(String folder) {
    return with(new Files(start, taskVector, encoderWeights, photos.in(folder), truth, teacher));
  }

  /** The same with every path mapped. */
  public Recipe mapped(UnaryOperator<String> path) {
    UnaryOperator<String> unlessEmpty =
        file -> file.isEmpty() || file.equals(EMBEDDED) ? file : path.apply(file);
    return with(
        new Files(
            start.stream().map(unlessEmpty).toList(),
            taskVector == null ? null : taskVector.mapped(unlessEmpty),
            unlessEmpty.apply(encoderWeights),
            photos.in(unlessEmpty.apply(photos.folder())),
            truth.stream().map(one -> one.mapped(unlessEmpty)).toList(),
            teacher.mapped(unlessEmpty)));
  }

  /** The parts that contain paths. */
  private record Files(
      List<String> start,
      @Nullable TaskSource taskVector,
      String encoderWeights,
      PhotoSource photos,
      List<TruthSource> truth,
      TeacherSource teacher) {}

  private Files files() {
    return new Files(start, taskVector, encoderWeights, photos, truth, teacher);
  }

  /** The parts that depend on the number of photos. */
  private record Length(List<Stage> stages, int checkpointEvery, int validateEvery) {}

  private Recipe with(Files files) {
    return with(files, new Length(stages, checkpointEvery, validateEvery), optimizer);
  }

  private Recipe with(Files files, Length length, OptimizerSettings settings) {
    return new Recipe(
        name,
        seed,
        student,
        files.start(),
        files.taskVector(),
        files.encoderWeights(),
        files.photos(),
        files.truth(),
        augmentation,
        files.teacher(),
        length.stages(),
        losses,
        settings,
        average,
        precision,
        nativeSize,
        keep,
        earlyStopping,
        length.checkpointEvery(),
        length.validateEvery());
  }

  /** The recipe with bare file names in place of paths, which are private. */
  public Recipe withoutPaths() {
    return mapped(path -> String.valueOf(Path.of(path).getFileName()));
  }

  /** Steps of all stages. */
  public long steps() {
    return stages.stream().mapToLong(Stage::steps).sum();
  }

  /** Crops seen in the first {@code steps} steps. */
  public long crops(long steps) {
    return sum(steps, stage -> (long) stage.batch() * optimizer.accumulate());
  }

  /** Pixels of all crops seen in the first {@code steps} steps. */
  public long pixels(long steps) {
    return sum(
        steps,
        stage -> (long) stage.size() * stage.size() * stage.batch() * optimizer.accumulate());
  }

  private long sum(long steps, ToLongFunction<Stage> ofOneStep) {
    long rest = steps;
    long sum = 0;
    for (Stage stage : stages) {
      long here = Math.min(rest, stage.steps());
      sum += here * ofOneStep.applyAsLong(stage);
      rest -= here;
    }
    return sum;
  }

  /** The stage at a step, 0 to {@link #steps} - 1. */
  public Stage stage(long step) {
    long rest = step;
    for (Stage stage : stages) {
      if (rest < stage.steps()) {
        return stage;
      }
      rest -= stage.steps();
    }
    throw new IndexOutOfBoundsException("the recipe has " + steps() + " steps, not " + step);
  }

  /**
   * The keys in which this recipe differs from the one that a run was begun with, but for those
   * that a run may change: how often it is validated and saved, and its length from where it
   * stands.
   *
   * @param begun the other recipe as {@link #toJson} wrote it
   * @param steps that the run has completed
   * @return names such as {@code optimizer: rate}; empty if the run can go on with this recipe
   */
  public List<String> changedKeys(String begun, long steps) {
    List<String> changed = KebabJson.differences(begun, toJson());
    changed.removeAll(List.of("checkpoint-every", "validate-every"));
    if (changed.equals(List.of("stages"))
        && sameStages(RecipeFile.parse(begun, "the run"), steps)) {
      changed.clear();
    }
    return changed;
  }

  private boolean sameStages(Recipe begun, long steps) {
    if (steps > Math.min(steps(), begun.steps())) {
      return false;
    }
    for (long step = 0; step < steps; step++) {
      if (!stage(step).ofOneStep().equals(begun.stage(step).ofOneStep())) {
        return false;
      }
    }
    return true;
  }

  /** The recipe as YAML for {@link #read}. */
  public String toYaml() {
    return RecipeFile.write(this);
  }

  /** The recipe as one line of JSON, for provenance. */
  public String toJson() {
    return KebabJson.write(this);
  }
}
