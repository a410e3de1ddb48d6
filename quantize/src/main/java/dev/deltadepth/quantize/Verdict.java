package dev.deltadepth.quantize;

/**
 * How far a variant of a model says the same as the model itself ({@link
 * dev.deltadepth.metrics.Agreement}).
 *
 * @param pearson mean over the photos of the correlation of the maps
 * @param residual the same with the layout removed
 * @param worst the lowest residual correlation of a photo
 */
public record Verdict(double pearson, double residual, double worst) {}
