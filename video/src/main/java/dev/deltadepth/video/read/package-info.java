/** Clips in: what a video, a camera or a folder of pictures is, and its frames. */
@NullMarked
package dev.deltadepth.video.read;

import org.jspecify.annotations.NullMarked;
