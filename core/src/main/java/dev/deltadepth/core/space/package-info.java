/**
 * From a map to a scene: the camera, metres, points, surfaces and normals.
 *
 * <p>Pictures have their origin at the left upper corner; the middle of the first pixel is at (0.5,
 * 0.5). Scenes have theirs at the camera: x to the right, y up, z towards the viewer, so that what
 * is seen has a negative z (OpenGL's and glTF's convention, right-handed).
 */
@NullMarked
package dev.deltadepth.core.space;

import org.jspecify.annotations.NullMarked;
