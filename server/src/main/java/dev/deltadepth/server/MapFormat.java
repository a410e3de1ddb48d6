package dev.deltadepth.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.Calibration;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.core.space.Mesh;
import dev.deltadepth.core.space.Normals;
import dev.deltadepth.core.space.PointCloud;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.core.view.StereoPair;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.DepthFormat;
import dev.deltadepth.io.map.DepthWriter;
import dev.deltadepth.io.space.GlbFile;
import dev.deltadepth.io.space.PlyFile;
import dev.deltadepth.io.view.StereoFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The forms in which a map is answered; the first is the default. */
enum MapFormat {
  /** In colours. */
  PNG("png", "image/png", DepthFormat.PNG),
  /** Grey of 16 bits. */
  PNG16("png16", "image/png; depth=16", DepthFormat.PNG16),
  /** Floats for NumPy. */
  NPY("npy", "application/x-npy", DepthFormat.NPY),
  /** Floats as a portable float map. */
  PFM("pfm", "image/x-portable-floatmap", DepthFormat.PFM),
  /** Floats in base64, and what they are. */
  JSON("json", "application/json", DepthFormat.NPY),
  /** Floats and a description for NumPy. */
  NPZ("npz", "application/x-npz", DepthFormat.NPZ),
  /** Floats and a description as OpenEXR. */
  EXR("exr", "image/x-exr", DepthFormat.EXR),
  /** A point cloud. */
  PLY("ply", "model/x-ply", DepthFormat.PLY),
  /** A textured surface. */
  GLB("glb", "model/gltf-binary", DepthFormat.GLB),
  /** A picture of normals. */
  NORMALS("normals", "image/png; content=normals", DepthFormat.NORMALS),
  /** For red-cyan glasses. */
  ANAGLYPH("anaglyph", "image/png; content=anaglyph", DepthFormat.ANAGLYPH),
  /** For the left and the right eye, side by side. */
  SBS("sbs", "image/jpeg", DepthFormat.SBS);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String label;
  private final String mediaType;
  private final DepthFormat file;

  MapFormat(String label, String mediaType, DepthFormat file) {
    this.label = label;
    this.mediaType = mediaType;
    this.file = file;
  }

  /** Its name in {@code ?format=}. */
  String label() {
    return label;
  }

  /** Its type in {@code Accept}, and the answer's content type. */
  String mediaType() {
    return mediaType;
  }

  static List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (MapFormat format : values()) {
      labels.add(format.label);
    }
    return labels;
  }

  /**
   * Encodes a map in this format.
   *
   * @throws IOException never: it is written to memory
   */
  byte[] encode(DepthMap map, RgbImage photo, Colormap colours) throws IOException {
    if (this == JSON) {
      return json(map);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    if (file.isScene()) {
      scene(map, photo, out);
    } else {
      DepthWriter.of(colours).write(map, photo, file, out);
    }
    return out.toByteArray();
  }

  /** Without metres and with the default camera, because the photo states neither here. */
  private void scene(DepthMap map, RgbImage photo, ByteArrayOutputStream out) throws IOException {
    if (this == ANAGLYPH || this == SBS) {
      StereoPair pair = StereoPair.of(photo, map, Stereo.defaults());
      StereoFormat stereo = this == ANAGLYPH ? StereoFormat.ANAGLYPH : StereoFormat.SBS;
      out.writeBytes(stereo.encode(pair));
      return;
    }
    DepthMap depth = Calibration.ofRatio(map, Calibration.DEFAULT_RATIO).apply(map).depth();
    Camera camera = Camera.unknown(map.width(), map.height());
    int stride = PointCloud.strideFor(map.width(), map.height());
    switch (this) {
      case PLY -> PlyFile.write(PointCloud.of(depth, photo, camera, stride), out);
      case GLB -> GlbFile.write(Mesh.of(depth, photo, camera, stride), photo, camera, out);
      default -> out.writeBytes(ImageFiles.png(Normals.of(depth, camera).picture()));
    }
  }

  private static byte[] json(DepthMap map) throws IOException {
    ByteBuffer floats =
        ByteBuffer.allocate(Math.multiplyExact(4, map.data().length))
            .order(ByteOrder.LITTLE_ENDIAN);
    floats.asFloatBuffer().put(map.data());
    Normalization window = Normalization.of(map);
    ObjectNode json = MAPPER.createObjectNode();
    json.put("kind", "disparity").put("convention", "larger is nearer");
    json.put("width", map.width()).put("height", map.height());
    json.put("low", window.low()).put("high", window.high());
    json.put("encoding", "float32, little-endian, row-major, base64");
    json.put("data", floats.array()); // Jackson writes bytes as base64.
    return MAPPER.writeValueAsBytes(json);
  }
}
