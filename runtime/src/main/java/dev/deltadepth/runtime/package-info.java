/** Exported models: a photo in, a depth map out. */
@NullMarked
package dev.deltadepth.runtime;

import org.jspecify.annotations.NullMarked;
