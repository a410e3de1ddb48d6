package dev.deltadepth.eval.bench;

/**
 * Size and memory use of a benchmarked model.
 *
 * @param name its name in tables
 * @param parameters number of weights
 * @param bytes size of its file and external weight files
 * @param peakBytes peak resident memory of a process that runs it, including Java; 0 if the
 *     operating system does not report it
 * @param baseBytes the same before the model is loaded
 */
public record BenchModel(
    String name, long parameters, long bytes, long peakBytes, long baseBytes) {}
