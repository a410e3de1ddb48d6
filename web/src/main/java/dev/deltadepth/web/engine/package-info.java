@NullMarked
package dev.deltadepth.web.engine;

import org.jspecify.annotations.NullMarked;
