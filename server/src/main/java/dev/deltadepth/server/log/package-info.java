/** Lines about requests: how they look, and how they are written. */
@NullMarked
package dev.deltadepth.server.log;

import org.jspecify.annotations.NullMarked;
