/** What all commands share: their help and version, where they print, errors, progress. */
@NullMarked
package dev.deltadepth.cli.base;

import org.jspecify.annotations.NullMarked;
