@NullMarked
package dev.deltadepth.runtime;

import org.jspecify.annotations.NullMarked;
