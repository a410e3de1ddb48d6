/** Training losses. */
@NullMarked
package dev.deltadepth.distill.loss;

import org.jspecify.annotations.NullMarked;
