/** Networks run by libtorch. */
@NullMarked
package dev.deltadepth.torch;

import org.jspecify.annotations.NullMarked;
