/** Photos as they come in, files as they go out, and what is kept on the device between visits. */
@NullMarked
package dev.deltadepth.web.file;

import org.jspecify.annotations.NullMarked;
