/** Pages without scripts, and what stands on them. */
@NullMarked
package dev.deltadepth.server.page;

import org.jspecify.annotations.NullMarked;
