/** Benchmarks: speed and memory of models. */
@NullMarked
package dev.deltadepth.eval.bench;

import org.jspecify.annotations.NullMarked;
