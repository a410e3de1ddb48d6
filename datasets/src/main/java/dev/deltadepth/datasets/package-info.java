/** Images with ground truth, read as they are distributed. */
@NullMarked
package dev.deltadepth.datasets;

import org.jspecify.annotations.NullMarked;
