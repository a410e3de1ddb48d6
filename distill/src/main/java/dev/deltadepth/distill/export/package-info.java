/** Initial weights, and the export of trained ones. */
@NullMarked
package dev.deltadepth.distill.export;

import org.jspecify.annotations.NullMarked;
