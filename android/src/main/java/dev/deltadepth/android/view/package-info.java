/** What is seen and touched. */
@NullMarked
package dev.deltadepth.android.view;

import org.jspecify.annotations.NullMarked;
