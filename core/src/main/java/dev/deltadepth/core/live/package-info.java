/** A camera's frames as they come: their colours, how often, and at which size. */
@NullMarked
package dev.deltadepth.core.live;

import org.jspecify.annotations.NullMarked;
