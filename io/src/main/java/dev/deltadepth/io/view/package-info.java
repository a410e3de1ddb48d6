/** Files of what a photo and its map give to look at: animations, VR photos, cut-outs. */
@NullMarked
package dev.deltadepth.io.view;

import org.jspecify.annotations.NullMarked;
