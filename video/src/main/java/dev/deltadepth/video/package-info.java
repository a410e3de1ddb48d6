/** What needs FFmpeg, which runs as a child process. */
@NullMarked
package dev.deltadepth.video;

import org.jspecify.annotations.NullMarked;
