package dev.deltadepth.distill.export;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.TaskSource;
import dev.deltadepth.distill.run.Provenance;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.ImageNet;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.weights.Narrowing;
import dev.deltadepth.nn.weights.TaskVector;
import dev.deltadepth.nn.weights.TimmWeights;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.nn.weights.Widening;
import dev.deltadepth.runtime.ModelMetadata;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The weights that a recipe starts from. */
public final class InitialWeights {

  private InitialWeights() {}

  /**
   * The weights that a recipe names; empty if it names none, so that all weights are random. Those
   * of a narrower student of the same layers are {@linkplain Widening widened}, those of a wider
   * one {@linkplain Narrowing narrowed}. A {@linkplain TaskVector task vector} is added before.
   *
   * @param recipe with paths relative to the working directory
   * @throws dev.deltadepth.nn.NetworkException if a file lacks arrays of the student's encoder
   * @throws DistillException if the files hold weights of different students
   */
  public static Weights of(Recipe recipe) {
    if (!recipe.start().isEmpty()) {
      Weights start =
          learned(mean(recipe.start().stream().map(InitialWeights::named).toList()), recipe);
      return fitting(DepthNetwork.named(recipe.student()).parameters(), start, recipe.seed());
    }
    if (!recipe.encoderWeights().isEmpty()) {
      return encoder(DepthNetwork.named(recipe.student()), Path.of(recipe.encoderWeights()));
    }
    return Weights.of(Map.of());
  }

  private static Weights fitting(List<Parameter> student, Weights weights, long seed) {
    if (!student.stream().allMatch(one -> weights.contains(one.name()))) {
      return weights; // of other layers: whoever reads them says so
    }
    Predicate<Parameter> larger = one -> weights.get(one.name()).data().length > one.count();
    Predicate<Parameter> smaller = one -> weights.get(one.name()).data().length < one.count();
    if (student.stream().anyMatch(larger)) {
      return Narrowing.narrow(weights, student).withMetadata(weights.metadata());
    }
    return student.stream().anyMatch(smaller)
        ? Widening.widen(weights, student, seed).withMetadata(weights.metadata())
        : weights;
  }

  /** The weights with what the recipe's task vector adds; its provenance joins theirs. */
  private static Weights learned(Weights weights, Recipe recipe) {
    TaskSource task = recipe.taskVector();
    if (task == null) {
      return weights;
    }
    Weights after = named(task.after());
    return TaskVector.add(weights, named(task.before()), after, task.share())
        .withMetadata(metadata(List.of(weights, after)));
  }

  private static Weights named(String name) {
    return EmbeddedWeights.named(name)
        ? EmbeddedWeights.read().weights()
        : ModelExport.read(ModelExport.result(Path.of(name)));
  }

  /**
   * The mean of weights with shared pretraining, usually better than each of them (Wortsman et al.
   * 2022, "Model soups", uniform soup). It has the metadata of the first and the provenance of all.
   */
  private static Weights mean(List<Weights> several) {
    if (several.size() == 1) {
      return several.get(0);
    }
    List<String> students =
        several.stream().map(weights -> ModelExport.student(weights).name()).distinct().toList();
    if (students.size() > 1) {
      throw new DistillException(
          "start: cannot average the weights of different students: " + students);
    }
    return Weights.mean(several).withMetadata(metadata(several));
  }

  /** The metadata of the first, with the provenance of all. */
  private static Map<String, String> metadata(List<Weights> several) {
    Map<String, String> metadata = new LinkedHashMap<>(several.get(0).metadata());
    metadata.put(
        ModelMetadata.PROVENANCE,
        Provenance.ofSeveral(
            several.stream()
                .map(weights -> weights.metadata().getOrDefault(ModelMetadata.PROVENANCE, "null"))
                .toList()));
    return metadata;
  }

  /**
   * timm's weights for a student's encoder. Where timm expects ImageNet's normalisation, it is
   * folded into the first convolution and batch normalisation, because students take RGB in [0, 1].
   */
  static Weights encoder(DepthNetwork student, Path file) {
    Weights timm = TimmWeights.read(file, student);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    timm.names().forEach(name -> arrays.put(name, timm.get(name)));
    foldNormalisation(arrays);
    return Weights.of(arrays);
  }

  /** conv((x - mean) / deviation) is conv'(x) minus a constant, which the running mean absorbs. */
  private static void foldNormalisation(Map<String, FloatArray> arrays) {
    String kernelName = DepthNetwork.ENCODER + "conv_stem.weight";
    String meanName = DepthNetwork.ENCODER + "bn1.running_mean";
    FloatArray kernel = arrays.get(kernelName);
    FloatArray mean = arrays.get(meanName);
    if (kernel == null || mean == null) {
      return; // MobileViT's stem has other names; timm, too, feeds it RGB in [0, 1].
    }
    float[] folded = kernel.data().clone();
    float[] shifted = mean.data().clone();
    int perChannel = kernel.shape()[2] * kernel.shape()[3];
    for (int i = 0; i < folded.length; i++) {
      int channel = i / perChannel % 3;
      int out = i / (3 * perChannel);
      folded[i] /= ImageNet.STD.get(channel).floatValue();
      shifted[out] += folded[i] * ImageNet.MEAN.get(channel).floatValue();
    }
    arrays.put(kernelName, new FloatArray(kernel.shape(), folded));
    arrays.put(meanName, new FloatArray(mean.shape(), shifted));
  }
}
