package dev.deltadepth.eval;

/**
 * A model's error on a set.
 *
 * @param set the set's name
 * @param images how many pictures
 * @param score the unweighted mean over pictures
 */
public record SetResult(String set, int images, Score score) {}
