/** Files of photos in, files of depth maps out. */
@NullMarked
package dev.deltadepth.estimate;

import org.jspecify.annotations.NullMarked;
