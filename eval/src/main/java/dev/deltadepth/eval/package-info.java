@NullMarked
package dev.deltadepth.eval;

import org.jspecify.annotations.NullMarked;
