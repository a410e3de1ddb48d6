package dev.deltadepth.scenes;

import dev.deltadepth.core.steady.Motion;

/**
 * A frame of a clip.
 *
 * @param rendered the picture and its depth
 * @param motion where the things at the pixels' centres were in the frame before, exact up to the
 *     rounding to float; NaN in the sky, and everywhere in the first frame
 */
public record ClipFrame(RenderedScene rendered, Motion motion) {}
