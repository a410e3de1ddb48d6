package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;

/** Is told how an evaluation goes on: by one thread at a time, whichever that is. */
public interface EvaluationListener {

  /** A listener that does nothing. */
  EvaluationListener NONE = new EvaluationListener() {};

  /** A model has estimated a picture; not told where its results were known already. */
  default void predicted(Contestant model, SampleSet set, Sample sample, DepthMap prediction) {}

  /** All models have estimated one more picture. */
  default void done(int pictures, int total) {}
}
