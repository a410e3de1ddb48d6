/** Weights and their file formats. */
@NullMarked
package dev.deltadepth.nn.weights;

import org.jspecify.annotations.NullMarked;
