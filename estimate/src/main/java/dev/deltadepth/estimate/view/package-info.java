/** Files of photos in, files of what their depth gives to look at out. */
@NullMarked
package dev.deltadepth.estimate.view;

import org.jspecify.annotations.NullMarked;
