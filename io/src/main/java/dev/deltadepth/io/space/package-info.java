/** Files of scenes: cameras and calibrations in, point clouds and meshes out. */
@NullMarked
package dev.deltadepth.io.space;

import org.jspecify.annotations.NullMarked;
