@NullMarked
package dev.deltadepth.cli;

import org.jspecify.annotations.NullMarked;
