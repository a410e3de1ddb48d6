package dev.deltadepth.distill;

import dev.deltadepth.distill.loss.Maps;
import dev.deltadepth.distill.loss.WeightedLosses;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.Stage;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchOps;
import dev.deltadepth.torch.TorchWeights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Computes the gradients of a batch, one slice of it per thread. libtorch's own threads would
 * synchronise in every layer, spinning; these synchronise once per step. With batch statistics,
 * every slice has its own, and those of the first update the running statistics.
 */
final class Gradients implements AutoCloseable {

  private final DepthNetwork student;
  private final Optional<FeatureMatching> features;
  private final WeightedLosses losses;
  private final Recipe.Precision precision;
  private final TorchWeights weights;
  private final int threads;
  private final ExecutorService workers;

  Gradients(
      DepthNetwork student,
      Optional<FeatureMatching> features,
      WeightedLosses losses,
      Recipe.Precision precision,
      TorchWeights weights,
      int threads) {
    this.student = student;
    this.features = features;
    this.losses = losses;
    this.precision = precision;
    this.weights = weights;
    this.threads = threads;
    this.workers = Executors.newFixedThreadPool(threads, Gradients::worker);
  }

  private static Thread worker(Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              // OpenMP remembers its number of threads for each calling thread.
              Tensors.threads(1);
              task.run();
            },
            "delta-gradients");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Adds the gradients of the batch's mean loss to the weights.
   *
   * @param part factor of the gradients: one divided by the number of batches per step
   * @param statistics what batch normalisation uses
   * @return every term of the loss by name, without its weight, and the weighted sum as "loss"
   */
  Map<String, Double> add(Batch batch, double part, Stage.Statistics statistics) {
    int shares = Math.min(threads, batch.count());
    List<Future<Map<String, Double>>> running = new ArrayList<>();
    for (int i = 0; i < shares; i++) {
      int from = batch.count() * i / shares;
      int to = batch.count() * (i + 1) / shares;
      TorchOps ops = ops(statistics, i == 0);
      running.add(
          workers.submit(
              () -> add(batch.slice(from, to), part * (to - from) / batch.count(), ops)));
    }
    Map<String, Double> terms = new LinkedHashMap<>();
    for (Future<Map<String, Double>> share : running) {
      result(share).forEach((name, value) -> terms.merge(name, value, Double::sum));
    }
    return terms;
  }

  private TorchOps ops(Stage.Statistics statistics, boolean first) {
    return switch (statistics) {
      case BATCH -> first ? TorchOps.training(weights) : TorchOps.trainingByBatch(weights);
      case RUNNING -> TorchOps.trainingByRunning(weights);
    };
  }

  private static Map<String, Double> result(Future<Map<String, Double>> share) {
    try {
      return share.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DistillException("the run was interrupted; start it again to resume it", e);
    } catch (ExecutionException e) {
      throw new DistillException("a training step failed: " + e.getCause(), e);
    }
  }

  private Map<String, Double> add(Batch batch, double share, TorchOps ops) {
    try (PointerScope scope = new PointerScope()) {
      Tensor image =
          Tensors.of(batch.rgb(), batch.count(), 3, batch.height(), batch.width())
              .contiguous(torch.MemoryFormat.ChannelsLast);
      Tensor disparity;
      List<Tensor> maps;
      List<Tensor> adapted;
      try (Autocast autocast = Autocast.on(precision)) {
        DepthNetwork.Output<Tensor> output = student.apply(ops, image);
        disparity = output.disparity();
        maps = output.features();
        adapted = features.map(f -> f.adapt(ops, maps)).orElse(List.of());
      }
      Tensor target =
          Tensors.of(batch.disparity(), batch.count(), 1, batch.height(), batch.width());
      Map<String, Tensor> terms =
          losses.terms(
              Maps.of(disparity.to(torch.ScalarType.Float), target, batch.holes())
                  .with(batch.known()));
      features.ifPresent(
          f -> terms.putAll(f.losses(maps, adapted, batch.features(), batch.count())));
      Tensor total = losses.total(terms);
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("loss", share * total.item_float());
      terms.forEach((name, term) -> values.put(name, share * term.item_float()));
      total.mul(new Scalar(share)).backward();
      return values;
    }
  }

  /** Waits for running slices, which read the weights. */
  @Override
  public void close() {
    Threads.end(workers);
  }
}
