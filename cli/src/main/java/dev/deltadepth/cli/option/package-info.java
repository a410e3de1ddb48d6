/** Options that commands share: one wording, one check, one reader of values each. */
@NullMarked
package dev.deltadepth.cli.option;

import org.jspecify.annotations.NullMarked;
