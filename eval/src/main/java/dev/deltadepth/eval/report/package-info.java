/** Reports of an evaluation as text, HTML, JSON and CSV. */
@NullMarked
package dev.deltadepth.eval.report;

import org.jspecify.annotations.NullMarked;
