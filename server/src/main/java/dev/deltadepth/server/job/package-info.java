/**
 * Videos that clients send: they wait, become depth one after another, and are kept for a while.
 */
@NullMarked
package dev.deltadepth.server.job;

import org.jspecify.annotations.NullMarked;
