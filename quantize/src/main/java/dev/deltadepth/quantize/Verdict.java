package dev.deltadepth.quantize;

/**
 * Agreement of a variant with the original model ({@link dev.deltadepth.metrics.Agreement}).
 *
 * @param pearson mean correlation of the maps over the photos
 * @param residual the same with the layout removed
 * @param worst lowest residual correlation of any photo
 */
public record Verdict(double pearson, double residual, double worst) {}
