/** What a photo and its map give to look at: stereo pairs, background blur, moving cameras. */
@NullMarked
package dev.deltadepth.core.view;

import org.jspecify.annotations.NullMarked;
