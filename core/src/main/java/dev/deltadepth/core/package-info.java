/** Photos, depth maps and their arithmetic, for the JVM, Android and browsers. */
@NullMarked
package dev.deltadepth.core;

import org.jspecify.annotations.NullMarked;
