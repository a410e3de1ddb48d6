@NullMarked
package dev.deltadepth.distill.export;

import org.jspecify.annotations.NullMarked;
