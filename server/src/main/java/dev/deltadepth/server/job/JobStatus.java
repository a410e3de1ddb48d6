package dev.deltadepth.server.job;

import java.util.Optional;

/**
 * What is known of a job at a moment.
 *
 * @param pass over the frames: {@code estimate} for the first of two, {@code video} for the last or
 *     the only one
 * @param frames of the pass that are done
 * @param of how many, about, if it is known
 * @param rate frames a second
 * @param error why it failed
 * @param warning why the result ends early, although there is one
 */
record JobStatus(
    JobState state,
    Optional<String> pass,
    long frames,
    Optional<Long> of,
    double rate,
    Optional<String> error,
    Optional<String> warning) {

  static JobStatus waiting() {
    return new JobStatus(
        JobState.WAITING,
        Optional.empty(),
        0,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty());
  }

  JobStatus with(JobState other) {
    return new JobStatus(other, pass, frames, of, rate, error, warning);
  }

  JobStatus passing(String name, Optional<Long> expected) {
    return new JobStatus(state, Optional.of(name), 0, expected, 0, error, warning);
  }

  JobStatus at(long count, double frameRate) {
    return new JobStatus(state, pass, count, of, frameRate, error, warning);
  }

  JobStatus done(long count, Optional<String> complaint) {
    return new JobStatus(JobState.DONE, pass, count, Optional.of(count), rate, error, complaint);
  }

  JobStatus failed(String why) {
    return new JobStatus(JobState.FAILED, pass, frames, of, rate, Optional.of(why), warning);
  }
}
