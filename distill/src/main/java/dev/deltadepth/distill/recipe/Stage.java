package dev.deltadepth.distill.recipe;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.deltadepth.nn.DepthNetwork;

/**
 * A part of a run with crops of one size; its length is given in steps or epochs.
 *
 * @param size side of the square with as many pixels as the stage's crops
 * @param batch crops per batch
 * @param steps number of steps; 0 if epochs are given
 * @param epochs how often every photo is seen; 0 if steps are given
 * @param labelSize the size at which the teacher labels a crop; 0 for the crop's. Networks get the
 *     layout right best near the size they were trained for
 * @param statistics used by batch normalisation; the batch's by default
 */
public record Stage(
    int size,
    int batch,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int steps,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) double epochs,
    @JsonAlias("labels") int labelSize,
    Statistics statistics) {

  /** The statistics that batch normalisation uses in training. */
  public enum Statistics {
    /** Mean and variance of the current batch. */
    @JsonProperty("batch")
    BATCH,
    /** The running statistics, as in inference; they stay unchanged. */
    @JsonProperty("running")
    RUNNING
  }

  /**
   * Checks the values.
   *
   * @throws DistillException naming the key and the allowed range
   */
  public Stage {
    Checks.within("stages: size", size, 32, 2048);
    Checks.multiple("stages: size", size, DepthNetwork.MULTIPLE);
    Checks.within("stages: batch", batch, 1, 1024);
    Checks.within("stages: label-size", labelSize, 0, 2048);
    if (epochs == 0) {
      Checks.within("stages: steps", steps, 1, 1e8);
    } else {
      Checks.within("stages: epochs", epochs, 0.001, 1e6);
      if (steps != 0) {
        throw new DistillException("stages: give either steps or epochs, not both");
      }
    }
    statistics = statistics == null ? Statistics.BATCH : statistics;
  }

  /** The stage with its length in steps. */
  Stage inSteps(int photos, int batchesAStep) {
    if (epochs == 0) {
      return this;
    }
    double crops = epochs * photos;
    int needed = (int) Math.max(1, Math.ceil(crops / ((double) batch * batchesAStep)));
    return new Stage(size, batch, needed, 0, labelSize, statistics);
  }

  /** The same with one step only, to compare stages by what their steps are. */
  public Stage ofOneStep() {
    return new Stage(size, batch, 1, 0, labelSize, statistics);
  }

  /** Side of the square with as many pixels as the crops that the teacher labels. */
  public int labelled() {
    return labelSize == 0 ? size : labelSize;
  }
}
