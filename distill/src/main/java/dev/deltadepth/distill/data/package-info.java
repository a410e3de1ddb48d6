/** Training photos, crops and augmentation. */
@NullMarked
package dev.deltadepth.distill.data;

import org.jspecify.annotations.NullMarked;
