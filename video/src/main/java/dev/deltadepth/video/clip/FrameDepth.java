package dev.deltadepth.video.clip;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.video.read.ClipFrame;

/**
 * A frame and its depth.
 *
 * @param frame the frame
 * @param map its disparity at the size that the network saw: larger is nearer
 * @param window the values that become the darkest and the brightest
 */
public record FrameDepth(ClipFrame frame, DepthMap map, Normalization window) {}
