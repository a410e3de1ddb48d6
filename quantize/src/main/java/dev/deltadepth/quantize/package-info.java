@NullMarked
package dev.deltadepth.quantize;

import org.jspecify.annotations.NullMarked;
