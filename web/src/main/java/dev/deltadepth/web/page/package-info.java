@NullMarked
package dev.deltadepth.web.page;

import org.jspecify.annotations.NullMarked;
