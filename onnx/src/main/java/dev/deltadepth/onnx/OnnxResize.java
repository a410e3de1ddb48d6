package dev.deltadepth.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;

/** Bilinear resizing of the maps of one image, [1, C, H, W], inside a graph. */
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

  /** To twice the size; pixels are areas (align_corners false). */
  String doubled(String map, int channels) {
    if (channels > 1) {
      return scaled(map, 1, 1, 2, 2);
    }
    // ONNX Runtime stores maps in blocks of 16 channels, even those with one channel: as a matrix
    // it takes a sixteenth of the work.
    String planeAxes = graph.integers(0, 1);
    String plane = graph.node("Squeeze", List.of(map, planeAxes));
    return graph.node("Unsqueeze", List.of(scaled(plane, 2, 2), planeAxes));
  }

  private String scaled(String value, float... factors) {
    String scales = graph.floats(value + ".scales", new int[] {factors.length}, factors);
    return graph.node("Resize", List.of(value, "", scales), HALF_PIXEL, BILINEAR);
  }

  /** To the sides in a vector; pixels are areas (align_corners false). */
  String to(String map, int channels, String sides) {
    return to(map, channels, sides, HALF_PIXEL);
  }

  /** To twice the size; pixels are points (align_corners true). */
  String stretched(String map) {
    return graph.node("Resize", List.of(map, "", graph.reals(1, 1, 2, 2)), ALIGN_CORNERS, BILINEAR);
  }

  /** To the sides in a vector; pixels are points (align_corners true). */
  String stretchedTo(String map, int channels, String sides) {
    return to(map, channels, sides, ALIGN_CORNERS);
  }

  private String to(String map, int channels, String sides, AttributeProto coordinates) {
    String shape = graph.joined(graph.integers(1, channels), sides);
    return graph.node("Resize", List.of(map, "", "", shape), coordinates, BILINEAR);
  }
}
