/** Networks, independent of what runs them. */
@NullMarked
package dev.deltadepth.nn;

import org.jspecify.annotations.NullMarked;
