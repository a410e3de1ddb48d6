/** Distillation: from a recipe to a trained, exported model. */
@NullMarked
package dev.deltadepth.distill;

import org.jspecify.annotations.NullMarked;
