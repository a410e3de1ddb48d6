package dev.deltadepth.distill.data;

/**
 * Maps of one size, several to a picture: what an encoder says of a batch.
 *
 * @param channels maps a picture, C
 * @param height rows, H
 * @param width columns, W
 * @param data [N, C, H, W], row-major
 */
public record Planes(int channels, int height, int width, float[] data) {}
