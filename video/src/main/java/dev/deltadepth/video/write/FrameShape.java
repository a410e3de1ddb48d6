package dev.deltadepth.video.write;

/**
 * What the frames of a video have in common.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rate mean frames a second
 * @param timescale ticks a second in which times are written, where the container lets us choose
 * @param planar whether frames are {@link Drawn.Planes}
 * @param stereo whether a frame holds the left eye's picture beside the right one's
 */
public record FrameShape(
    int width, int height, double rate, int timescale, boolean planar, boolean stereo) {}
