package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;

/** Listener for the progress of an evaluation; called by one thread at a time, but by any. */
public interface EvaluationListener {

  /** A listener that does nothing. */
  EvaluationListener NONE = new EvaluationListener() {};

  /** Called when a model has estimated an image, unless its result was already in the journal. */
  default void predicted(Contestant model, SampleSet set, Sample sample, DepthMap prediction) {}

  /** Called when all models have results for one more image. */
  default void done(int images, int total) {}

  /**
   * Called when an image is left out of the figures of all models.
   *
   * @param reason names the image and says why
   */
  default void leftOut(SampleSet set, Sample sample, String reason) {}
}
