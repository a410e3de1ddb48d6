/** The worker, and what estimates: the device or the server. */
@NullMarked
package dev.deltadepth.web.engine;

import org.jspecify.annotations.NullMarked;
