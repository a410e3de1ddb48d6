/** The commands that work on videos. */
@NullMarked
package dev.deltadepth.cli.clip;

import org.jspecify.annotations.NullMarked;
