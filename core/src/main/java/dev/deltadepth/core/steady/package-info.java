/** Depth of a video's frames that does not flicker. */
@NullMarked
package dev.deltadepth.core.steady;

import org.jspecify.annotations.NullMarked;
