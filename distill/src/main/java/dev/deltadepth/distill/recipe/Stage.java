package dev.deltadepth.distill.recipe;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A part of a run at one size, so long as steps or epochs say.
 *
 * @param size side of the square that has as many pixels as the crops of this stage
 * @param batch crops a step
 * @param steps how many; 0 where epochs say it
 * @param epochs how often every photo is seen; 0 where steps say it
 * @param labelSize the size at which the teacher labels a crop; 0 for that of the crop. Networks
 *     lay out a picture best near the size they were made for
 * @param statistics what batch normalisations normalise by; the batch's where nothing is said
 */
public record Stage(
    int size,
    int batch,
    int steps,
    double epochs,
    @JsonAlias("labels") int labelSize,
    Statistics statistics) {

  /** What batch normalisations normalise by in training. */
  public enum Statistics {
    /** The mean and variance of the crops at hand, which differ from batch to batch. */
    @JsonProperty("batch")
    BATCH,
    /** Those measured so far, by which the network is used afterwards; they stay as they are. */
    @JsonProperty("running")
    RUNNING
  }

  /**
   * Checks the values.
   *
   * @throws DistillException naming the key and what is allowed
   */
  public Stage {
    Checks.within("stages: size", size, 32, 2048);
    Checks.multiple("stages: size", size, 32);
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

  /** The stage in steps, for so many photos and so many batches a step. */
  Stage inSteps(int photos, int batchesAStep) {
    if (epochs == 0) {
      return this;
    }
    double crops = epochs * photos;
    int needed = (int) Math.max(1, Math.ceil(crops / ((double) batch * batchesAStep)));
    return new Stage(size, batch, needed, 0, labelSize, statistics);
  }

  /** Side of the square that has as many pixels as the crops that the teacher labels. */
  public int labelled() {
    return labelSize == 0 ? size : labelSize;
  }
}
