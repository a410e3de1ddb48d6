/** Depth of the camera's picture as it comes. */
@NullMarked
package dev.deltadepth.android.live;

import org.jspecify.annotations.NullMarked;
