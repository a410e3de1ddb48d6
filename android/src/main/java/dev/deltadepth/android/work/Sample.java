package dev.deltadepth.android.work;

import dev.deltadepth.core.DepthMap;

/**
 * What an engine made of one picture.
 *
 * @param milliseconds of the network alone: the middle one of several runs
 */
public record Sample(DepthMap map, double milliseconds) {}
