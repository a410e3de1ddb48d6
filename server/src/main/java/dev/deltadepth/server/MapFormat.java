package dev.deltadepth.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.map.DepthFormat;
import dev.deltadepth.io.map.DepthWriter;
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
  JSON("json", "application/json", DepthFormat.NPY);

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
    DepthWriter.of(colours).write(map, photo, file, out);
    return out.toByteArray();
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
