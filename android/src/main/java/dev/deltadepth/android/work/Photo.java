package dev.deltadepth.android.work;

import android.graphics.Bitmap;
import dev.deltadepth.core.RgbImage;

/**
 * A photo, upright.
 *
 * @param shown the same picture for the screen, at most {@link PhotoReader#LONGEST} pixels long
 * @param pixels the photo itself
 * @param reduced whether it is smaller than its file
 */
public record Photo(RgbImage pixels, Bitmap shown, boolean reduced) {}
