/** Photos in, maps out, files saved: what happens away from the screen. */
@NullMarked
package dev.deltadepth.android.work;

import org.jspecify.annotations.NullMarked;
