/** Commands that draw from photos and their depth. */
@NullMarked
package dev.deltadepth.cli.view;

import org.jspecify.annotations.NullMarked;
