/** The app's screens. */
@NullMarked
package dev.deltadepth.android;

import org.jspecify.annotations.NullMarked;
