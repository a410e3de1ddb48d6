package dev.deltadepth.io.map;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The formats in which depth maps are written, all at the map's size, and those of the scenes that
 * are made of them.
 */
public enum DepthFormat {
  /** Coloured, an 8-bit RGB PNG: {@code <stem>.depth.png}. */
  PNG("png", ".depth.png"),
  /**
   * 16-bit grey PNG, the map's lowest finite value as 0 and its highest as 65535 unless a {@link
   * MapStyle} says otherwise, NaN as 0: {@code <stem>.depth16.png}.
   */
  PNG16("png16", ".depth16.png"),
  /** The values unchanged, a portable float map: {@code <stem>.pfm}. */
  PFM("pfm", ".pfm"),
  /** The values unchanged, float32 [H, W] for NumPy: {@code <stem>.npy}. */
  NPY("npy", ".npy"),
  /** The values unchanged, their ends and a description, for NumPy: {@code <stem>.npz}. */
  NPZ("npz", ".npz"),
  /** The values unchanged and a description, an OpenEXR picture: {@code <stem>.depth.exr}. */
  EXR("exr", ".depth.exr"),
  /** The photo on the left, the coloured map on the right: {@code <stem>.side.png}. */
  SIDE("side", ".side.png"),
  /** A point cloud: {@code <stem>.ply}. */
  PLY("ply", ".ply"),
  /** A textured surface in one file: {@code <stem>.glb}. */
  GLB("glb", ".glb"),
  /** A textured surface with its material and texture beside it: {@code <stem>.obj}. */
  OBJ("obj", ".obj"),
  /** A picture of normals: {@code <stem>.normals.png}. */
  NORMALS("normals", ".normals.png"),
  /** Normals as float32 [H, W, 3] for NumPy: {@code <stem>.normals.npy}. */
  NORMALS_NPY("normals-npy", ".normals.npy"),
  /** For red-cyan glasses: {@code <stem>.anaglyph.png}. */
  ANAGLYPH("anaglyph", ".anaglyph.png"),
  /** For the left and the right eye, side by side: {@code <stem>.sbs.jpg}. */
  SBS("sbs", ".sbs.jpg");

  private final String label;
  private final String suffix;

  DepthFormat(String label, String suffix) {
    this.label = label;
    this.suffix = suffix;
  }

  /** The format's name on the command line. */
  public String label() {
    return label;
  }

  /** What follows the photo's stem in the name of its depth map. */
  public String suffix() {
    return suffix;
  }

  /** Whether it shows values as colours or grey; the others hold the values themselves. */
  public boolean isPicture() {
    return this == PNG || this == PNG16 || this == SIDE;
  }

  /** Whether it shows the scene rather than the map: it needs the photo, and some a camera. */
  public boolean isScene() {
    return compareTo(SIDE) > 0;
  }

  /** Whether the photo is part of the file, so that none can be written without it. */
  public boolean showsPhoto() {
    return this == SIDE;
  }

  /** The name of a photo's depth map: the photo's name without extension, and the suffix. */
  public String fileName(String photoName) {
    int dot = photoName.lastIndexOf('.');
    return (dot > 0 ? photoName.substring(0, dot) : photoName) + suffix;
  }

  /** Whether a file is named like one of this format, by its extension. */
  public boolean isNameOf(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(suffix.substring(suffix.lastIndexOf('.')));
  }

  /** The labels of all formats. */
  public static List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (DepthFormat format : values()) {
      labels.add(format.label);
    }
    return labels;
  }

  /**
   * The format of a label, in upper or lower case.
   *
   * @throws IllegalArgumentException if there is none; the message lists the labels
   */
  public static DepthFormat parse(String label) {
    String lower = label.strip().toLowerCase(Locale.ROOT);
    for (DepthFormat format : values()) {
      if (format.label.equals(lower)) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "unknown format '" + label + "'; choose from " + String.join(", ", labels()));
  }
}
