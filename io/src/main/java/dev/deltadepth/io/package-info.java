@NullMarked
package dev.deltadepth.io;

import org.jspecify.annotations.NullMarked;
