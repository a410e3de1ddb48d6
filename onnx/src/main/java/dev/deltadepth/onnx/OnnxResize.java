package dev.deltadepth.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;

/** Bilinear resizing of the maps of one picture, [1, C, H, W], inside a graph. */
final class OnnxResize {

  private static final AttributeProto HALF_PIXEL = coordinates("half_pixel");
  private static final AttributeProto ALIGN_CORNERS = coordinates("align_corners");
  private static final AttributeProto BILINEAR = OnnxGraph.text("mode", "linear");

  private final OnnxGraph graph;

  OnnxResize(OnnxGraph graph) {
    this.graph = graph;
  }

  private static AttributeProto coordinates(String mode) {
    return OnnxGraph.text("coordinate_transformation_mode", mode);
  }

  /** Twice as high and wide; pixels are areas. */
  String doubled(String map, int channels) {
    if (channels > 1) {
      return scaled(map, 1, 1, 2, 2);
    }
    // ONNX Runtime keeps maps in blocks of 16 channels, also one that has one: as a matrix it is a
    // sixteenth of the work.
    String planeAxes = graph.integers(0, 1);
    String plane = graph.node("Squeeze", List.of(map, planeAxes));
    return graph.node("Unsqueeze", List.of(scaled(plane, 2, 2), planeAxes));
  }

  private String scaled(String value, float... factors) {
    String scales = graph.floats(value + ".scales", new int[] {factors.length}, factors);
    return graph.node("Resize", List.of(value, "", scales), HALF_PIXEL, BILINEAR);
  }

  /** To the sides of a vector; pixels are areas. */
  String to(String map, int channels, String sides) {
    return to(map, channels, sides, HALF_PIXEL);
  }

  /** Twice as high and wide; pixels are points, corners stay where they are. */
  String stretched(String map) {
    return graph.node("Resize", List.of(map, "", graph.reals(1, 1, 2, 2)), ALIGN_CORNERS, BILINEAR);
  }

  /** To the sides of a vector; pixels are points, corners stay where they are. */
  String stretchedTo(String map, int channels, String sides) {
    return to(map, channels, sides, ALIGN_CORNERS);
  }

  private String to(String map, int channels, String sides, AttributeProto coordinates) {
    String shape = graph.joined(graph.integers(1, channels), sides);
    return graph.node("Resize", List.of(map, "", "", shape), coordinates, BILINEAR);
  }
}
