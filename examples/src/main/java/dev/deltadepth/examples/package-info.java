/** Small programs that use Delta's libraries the way other projects do. */
@NullMarked
package dev.deltadepth.examples;

import org.jspecify.annotations.NullMarked;
