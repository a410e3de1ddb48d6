package dev.deltadepth.video.clip;

import java.util.Arrays;
import java.util.Optional;

/** What is made of a clip. */
public enum ClipFormat {
  /** The depth in colours. */
  DEPTH("depth"),
  /** The frame on the left, its depth in colours on the right. */
  SIDE("side"),
  /** The depth as 16-bit grey without loss: FFV1 in Matroska. */
  DEPTH16("depth16"),
  /** A folder of 16-bit grey PNG files. */
  PNG16("png16"),
  /** A folder of float32 [H, W] arrays for NumPy. */
  NPY("npy"),
  /** For the left and the right eye, side by side. */
  SBS("sbs"),
  /** The same at half the width, as television sets expect. */
  HALF_SBS("half-sbs"),
  /** For red-cyan glasses. */
  ANAGLYPH("anaglyph");

  private final String label;

  ClipFormat(String label) {
    this.label = label;
  }

  /** The name in options. */
  public String label() {
    return label;
  }

  /** Whether a folder of files is written, and not a video. */
  public boolean isFolder() {
    return this == PNG16 || this == NPY;
  }

  /** Whether the frame's own colours are not in it. */
  boolean isDepthAlone() {
    return this == DEPTH || this == DEPTH16 || isFolder();
  }

  /** Whether it is the frame as two eyes see it. */
  public boolean isStereo() {
    return this == SBS || this == HALF_SBS || this == ANAGLYPH;
  }

  /** Whether the left eye's picture stands beside the right one's. */
  boolean isPair() {
    return this == SBS || this == HALF_SBS;
  }

  /** The one with a name in options; empty if there is none. */
  public static Optional<ClipFormat> named(String name) {
    return Arrays.stream(values()).filter(one -> one.label.equals(name)).findFirst();
  }
}
