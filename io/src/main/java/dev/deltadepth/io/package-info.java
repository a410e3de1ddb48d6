/** Image files in, depth map files out. */
@NullMarked
package dev.deltadepth.io;

import org.jspecify.annotations.NullMarked;
