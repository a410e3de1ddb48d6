/** Metrics and the protocols that align predictions with ground truth. */
@NullMarked
package dev.deltadepth.metrics;

import org.jspecify.annotations.NullMarked;
