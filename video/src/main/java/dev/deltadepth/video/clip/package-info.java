/** The depth of a clip: frames in, maps estimated and made steady, drawn and written. */
@NullMarked
package dev.deltadepth.video.clip;

import org.jspecify.annotations.NullMarked;
