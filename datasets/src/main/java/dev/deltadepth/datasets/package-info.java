@NullMarked
package dev.deltadepth.datasets;

import org.jspecify.annotations.NullMarked;
