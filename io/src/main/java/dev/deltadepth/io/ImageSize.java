package dev.deltadepth.io;

/**
 * The size of a picture as stored, before any orientation is applied.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record ImageSize(int width, int height) {}
