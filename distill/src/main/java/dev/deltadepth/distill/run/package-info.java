@NullMarked
package dev.deltadepth.distill.run;

import org.jspecify.annotations.NullMarked;
