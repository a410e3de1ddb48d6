/** Exchanges with clients for whom no thread waits: bodies to files, answers, refusals. */
@NullMarked
package dev.deltadepth.server.http;

import org.jspecify.annotations.NullMarked;
