/** The page: what is seen and touched. */
@NullMarked
package dev.deltadepth.web.page;

import org.jspecify.annotations.NullMarked;
