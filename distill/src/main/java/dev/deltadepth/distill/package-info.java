@NullMarked
package dev.deltadepth.distill;

import org.jspecify.annotations.NullMarked;
