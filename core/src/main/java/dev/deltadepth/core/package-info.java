@NullMarked
package dev.deltadepth.core;

import org.jspecify.annotations.NullMarked;
