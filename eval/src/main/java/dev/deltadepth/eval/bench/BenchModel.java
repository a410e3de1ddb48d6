package dev.deltadepth.eval.bench;

/**
 * What a model that is timed takes.
 *
 * @param name what tables call it
 * @param parameters numbers in its weights
 * @param bytes of its file, and of the files with its weights
 * @param peakBytes the most memory a process needs that runs it, Java included; 0 where the
 *     operating system does not say
 * @param baseBytes the same before the model is loaded
 */
public record BenchModel(
    String name, long parameters, long bytes, long peakBytes, long baseBytes) {}
