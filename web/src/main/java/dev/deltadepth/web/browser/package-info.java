@NullMarked
package dev.deltadepth.web.browser;

import org.jspecify.annotations.NullMarked;
