/** Files of depth maps: their formats, what describes them, and arrays in general. */
@NullMarked
package dev.deltadepth.io.map;

import org.jspecify.annotations.NullMarked;
