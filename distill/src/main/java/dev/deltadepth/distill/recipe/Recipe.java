package dev.deltadepth.distill.recipe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.deltadepth.distill.loss.LossTerms;
import dev.deltadepth.nn.DepthNetwork;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How a student is trained, read from YAML with kebab-case keys by {@link RecipeFile}.
 *
 * @param name of the student that comes out
 * @param seed of the first weights, the order of photos and every augmentation
 * @param student the network, one of {@link DepthNetwork#names}
 * @param start weights to start from: safetensors files of a student or runs, relative to the
 *     recipe's file; of several the mean is taken, one named twice counts twice; none for random
 *     ones
 * @param encoderWeights a safetensors file of timm with the encoder's weights to start from; empty
 *     for none
 * @param photos where the photos are and how they are cropped
 * @param augmentation how crops are varied
 * @param teacher who labels them
 * @param stages one after the other, usually from small pictures to large
 * @param losses weight by name, see {@link LossTerms}
 * @param optimizer how weights follow their gradients
 * @param average decay of the moving average of the weights, which is what is exported; 0 for none
 * @param precision of the forward pass
 * @param nativeSize the shorter side at which the exported model sees a photo by default, in
 *     pixels, a multiple of 32
 * @param keep which weights come out
 * @param earlyStopping validations without improvement after which a run ends; 0 for never
 * @param checkpointEvery steps between checkpoints; 0 for once an epoch
 * @param validateEvery steps between validations; 0 for once an epoch
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
    String encoderWeights,
    PhotoSource photos,
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

  /** Far more than a schedule needs, and few enough to be written into every model. */
  static final int MOST_STAGES = 200;

  /** The arithmetic of the forward pass. */
  public enum Precision {
    /** 32-bit floats throughout. */
    @JsonProperty("fp32")
    FP32,
    /** bfloat16 autocast; weights, losses and the optimizer stay in float32. */
    @JsonProperty("bf16")
    BF16
  }

  /** Which weights a run gives. */
  public enum Keep {
    /** Those after the last step. */
    @JsonProperty("last")
    LAST,
    /** Those with the smallest loss on the photos held out. */
    @JsonProperty("best")
    BEST
  }

  /**
   * Checks every value.
   *
   * @throws DistillException naming the key and what is allowed
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
          "the recipe's name is " + name + " and names files: use letters, digits, . _ and -");
    }
    if (!DepthNetwork.names().contains(student)) {
      throw new DistillException(
          "there is no student named " + student + "; there are " + DepthNetwork.names());
    }
    Checks.require(start, "start");
    start = start.stream().filter(file -> !file.isEmpty()).toList();
    encoderWeights = PhotoSource.orEmpty(encoderWeights);
    if (!start.isEmpty() && !encoderWeights.isEmpty()) {
      throw new DistillException("start holds the encoder too; leave encoder-weights out");
    }
    if (photos.folder().isEmpty() != (teacher instanceof TeacherSource.Scenes)) {
      throw new DistillException(
          "the teacher named scenes teaches those of photos: scenes and knows no photo; with"
              + " photos: folder name another, without it name this one");
    }
    if (augmentation.mix() > 0 && (photos.scenes() > 0 || teacher.wholePhotos())) {
      throw new DistillException(
          "labels of whole photos say nothing of two photos in one picture; set augmentation: mix to"
              + " 0, or name a teacher that is asked about crops");
    }
    stages.forEach(stage -> Checks.require(stage, "the steps of one of its stages"));
    stages = List.copyOf(stages);
    // In a fixed order, so that two runs of one recipe write it down alike.
    losses = Collections.unmodifiableMap(new TreeMap<>(losses));
    Checks.within("average", average, 0, 0.99999);
    Checks.within("native-size", nativeSize, 32, 2048);
    Checks.within("native-size modulo 32", nativeSize % 32, 0, 0);
    Checks.within("early-stopping", earlyStopping, 0, 1e6);
    Checks.within("checkpoint-every", checkpointEvery, 0, 1e9);
    Checks.within("validate-every", validateEvery, 0, 1e9);
    Checks.within("stages: how many", stages.size(), 1, MOST_STAGES);
    if (start.isEmpty() && stages.get(0).statistics() == Stage.Statistics.RUNNING) {
      throw new DistillException(
          "stages: statistics: running goes by what was measured in training; name weights in start,"
              + " or put a stage before it");
    }
    LossTerms.check(losses);
  }

  /**
   * Reads a recipe.
   *
   * @throws DistillException naming the file, the key and what is allowed
   */
  public static Recipe read(Path file) {
    return RecipeFile.read(file, Recipe.class);
  }

  /** Everything said outright that depends on the number of photos: epochs become steps. */
  public Recipe resolved(int count) {
    int k = optimizer.accumulate();
    List<Stage> inSteps = stages.stream().map(stage -> stage.inSteps(count, k)).toList();
    int epoch = (int) Math.ceil(count / ((double) inSteps.get(0).batch() * k));
    return new Recipe(
        name,
        seed,
        student,
        start,
        encoderWeights,
        photos,
        augmentation,
        teacher,
        inSteps,
        losses,
        optimizer.resolved(!encoderWeights.isEmpty()),
        average,
        precision,
        nativeSize,
        keep,
        earlyStopping,
        checkpointEvery == 0 ? epoch : checkpointEvery,
        validateEvery == 0 ? epoch : validateEvery);
  }

  /** The same with another teacher. */
  public Recipe withTeacher(TeacherSource other) {
    return withFiles(start, encoderWeights, photos, other);
  }

  /** The same with the photos of another folder. */
  public Recipe withPhotos(String folder) {
    return withFiles(start, encoderWeights, photos.in(folder), teacher);
  }

  /** The same with its files and folders named another way. */
  public Recipe mapped(UnaryOperator<String> path) {
    UnaryOperator<String> given = file -> file.isEmpty() ? file : path.apply(file);
    return withFiles(
        start.stream().map(given).toList(),
        given.apply(encoderWeights),
        photos.in(given.apply(photos.folder())),
        teacher.mapped(given));
  }

  private Recipe withFiles(
      List<String> otherStart,
      String otherEncoder,
      PhotoSource otherPhotos,
      TeacherSource otherTeacher) {
    return new Recipe(
        name,
        seed,
        student,
        otherStart,
        otherEncoder,
        otherPhotos,
        augmentation,
        otherTeacher,
        stages,
        losses,
        optimizer,
        average,
        precision,
        nativeSize,
        keep,
        earlyStopping,
        checkpointEvery,
        validateEvery);
  }

  /**
   * The recipe with the names of files and folders in place of their paths: where they lay is
   * private.
   */
  public Recipe withoutPaths() {
    return mapped(path -> String.valueOf(Path.of(path).getFileName()));
  }

  /** Steps of all stages. */
  public long steps() {
    return stages.stream().mapToLong(Stage::steps).sum();
  }

  /** Crops seen in the first steps. */
  public long crops(long steps) {
    long rest = steps;
    long crops = 0;
    for (Stage stage : stages) {
      long here = Math.min(rest, stage.steps());
      crops += here * stage.batch() * optimizer.accumulate();
      rest -= here;
    }
    return crops;
  }

  /** The stage of a step, 0 to {@link #steps} - 1. */
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

  /** The learning rate of a step, from 0, unless a plateau lowers it. */
  public double rate(long step) {
    return optimizer.rate() * new Schedule(optimizer, steps()).share(step, 0);
  }

  /** The recipe as YAML, as {@link #read} takes it. */
  public String toYaml() {
    return RecipeFile.write(this);
  }

  /** The recipe as one line of JSON, for provenance. */
  public String toJson() {
    return KebabJson.write(this);
  }
}
