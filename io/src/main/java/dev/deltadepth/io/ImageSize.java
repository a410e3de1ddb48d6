package dev.deltadepth.io;

/**
 * The size of a picture as its file stores it, before any orientation is applied.
 *
 * @param width pixels a row, at least 1
 * @param height rows, at least 1
 */
public record ImageSize(int width, int height) {}
