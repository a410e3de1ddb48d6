@NullMarked
package dev.deltadepth.eval.report;

import org.jspecify.annotations.NullMarked;
