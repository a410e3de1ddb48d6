/** Clips out: frames to a video that appears complete or not at all. */
@NullMarked
package dev.deltadepth.video.write;

import org.jspecify.annotations.NullMarked;
