/** Synthetic scenes with exact depth. */
@NullMarked
package dev.deltadepth.scenes;

import org.jspecify.annotations.NullMarked;
