/** Evaluation of models on data sets. */
@NullMarked
package dev.deltadepth.eval;

import org.jspecify.annotations.NullMarked;
