/** Taking photos. */
@NullMarked
package dev.deltadepth.android.camera;

import org.jspecify.annotations.NullMarked;
