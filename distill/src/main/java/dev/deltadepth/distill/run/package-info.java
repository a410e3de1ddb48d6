/** Run folders: checkpoints, logs and provenance. */
@NullMarked
package dev.deltadepth.distill.run;

import org.jspecify.annotations.NullMarked;
