/** Teachers and stored labels. */
@NullMarked
package dev.deltadepth.distill.label;

import org.jspecify.annotations.NullMarked;
