/** Recipes: how to train, as YAML. */
@NullMarked
package dev.deltadepth.distill.recipe;

import org.jspecify.annotations.NullMarked;
