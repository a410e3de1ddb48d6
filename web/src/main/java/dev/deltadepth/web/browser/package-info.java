/** What the browser offers, for page and worker. */
@NullMarked
package dev.deltadepth.web.browser;

import org.jspecify.annotations.NullMarked;
