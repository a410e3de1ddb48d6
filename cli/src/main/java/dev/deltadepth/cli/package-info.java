/** The {@code delta} command: parses, calls a library, prints. */
@NullMarked
package dev.deltadepth.cli;

import org.jspecify.annotations.NullMarked;
