package dev.deltadepth.video.clip;

import java.util.Optional;

/**
 * What became of a job.
 *
 * @param frames how many are written
 * @param seconds of the clip that they fill
 * @param costs of a frame
 * @param complaint why the clip ends early, if its source failed
 * @param stopped whether the job was told to stop before the end
 */
public record ClipReport(
    long frames, double seconds, ClipCosts costs, Optional<String> complaint, boolean stopped) {}
