@NullMarked
package dev.deltadepth.metrics;

import org.jspecify.annotations.NullMarked;
