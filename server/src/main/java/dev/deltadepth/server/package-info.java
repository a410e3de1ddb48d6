/** The model over HTTP, and the files of the web app. */
@NullMarked
package dev.deltadepth.server;

import org.jspecify.annotations.NullMarked;
