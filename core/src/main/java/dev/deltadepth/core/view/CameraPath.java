package dev.deltadepth.core.view;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Small ways for a camera to move that end where they begin. */
public enum CameraPath {
  /** From side to side. */
  SWING {
    @Override
    Pose at(double turn) {
      return new Pose(Math.sin(turn), 0, 0);
    }
  },
  /** Around in a circle, half as high as wide. */
  CIRCLE {
    @Override
    Pose at(double turn) {
      return new Pose(Math.cos(turn), Math.sin(turn) / 2, 0);
    }
  },
  /** Forward and back. */
  ZOOM {
    @Override
    Pose at(double turn) {
      return new Pose(0, 0, (1 - Math.cos(turn)) / 2);
    }
  },
  /** Forward in an arc, and back on the other side. */
  ARC {
    @Override
    Pose at(double turn) {
      return new Pose(Math.sin(turn), Math.sin(2 * turn) / 6, (1 - Math.cos(turn)) / 4);
    }
  };

  /**
   * Where the camera is, as shares of how far it goes.
   *
   * @param x to the right, -1..1
   * @param y down, -1..1
   * @param forward 0..1
   */
  record Pose(double x, double y, double forward) {}

  /** The pose at an angle of 0 to 2 pi along the path. */
  abstract Pose at(double turn);

  /** The name in options: {@code swing}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with a name in options; empty if there is none. */
  public static Optional<CameraPath> named(String name) {
    return Arrays.stream(values()).filter(one -> one.toString().equals(name)).findFirst();
  }
}
