@NullMarked
package dev.deltadepth.nn;

import org.jspecify.annotations.NullMarked;
