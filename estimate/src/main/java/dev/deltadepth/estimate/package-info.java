@NullMarked
package dev.deltadepth.estimate;

import org.jspecify.annotations.NullMarked;
