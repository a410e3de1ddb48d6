package dev.deltadepth.video.read;

import dev.deltadepth.core.RgbImage;

/**
 * A frame of a clip.
 *
 * @param index of the frame, from 0
 * @param micros when it is shown, in microseconds from the clip's start
 * @param duration how long, in microseconds; 0 if that is not known
 * @param picture at the size that was asked for
 * @param small the same frame at the size that the network sees
 */
public record ClipFrame(long index, long micros, long duration, RgbImage picture, RgbImage small) {}
