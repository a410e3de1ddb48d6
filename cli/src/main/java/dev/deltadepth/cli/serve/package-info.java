/** What {@code delta serve} tells people: addresses, and a code that a phone can scan. */
@NullMarked
package dev.deltadepth.cli.serve;

import org.jspecify.annotations.NullMarked;
