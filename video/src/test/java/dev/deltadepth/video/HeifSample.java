package dev.deltadepth.video;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Builds HEIF files from coded pictures. */
final class HeifSample {

  /** The parameters of the four pictures below, made with x265. */
  static final byte[] HVCC =
      decode(
          "AQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQArQgEBA3AAAAMAkAAAAwAA"
              + "AwAeoCCBBZbqSRprm4EBAwIAAAMAAgAAAwACECIAAQAHRAHBcrAiQA==");

  /** 64x64 of (200, 40, 40), with a white mark of 16x8 at the top left; so the others. */
  static final byte[] RED = decode("AAAAJygBr1jyAHvlh403rs3/mFP/pXEtP9HYdf8/eP1R68Y7KQ5P0o8yxw==");

  /** (40, 180, 60). */
  static final byte[] GREEN =
      decode("AAAAJygBr1jyAICph5tprs3/gGv/DJfxsEdh1/xMX+M0+1CykOT9KPMscA==");

  /** (50, 60, 210). */
  static final byte[] BLUE =
      decode("AAAAKigBr1jyAHvlh403rs3/nQtQY217nWyCuv+kHmml49FrSDxlImvcnnyGwA==");

  /** (128, 128, 128). */
  static final byte[] GREY = decode("AAAAHCgBr1jyAICph5tpoef+fdp2Rf+lnBrbiWFrw4w=");

  private record Item(String type, byte[] data, List<byte[]> properties, List<Integer> parts) {}

  /** What an item says about another one, such as that it is its {@code auxl}. */
  private record Relation(String type, int from, int to) {}

  private final List<Item> items = new ArrayList<>();
  private final List<Relation> relations = new ArrayList<>();
  private int primary = 1;
  private String brand = "heic";

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  /** Adds an item; the first one has number 1. */
  HeifSample item(String type, byte[] data, List<Integer> parts, byte[]... properties) {
    items.add(new Item(type, data, List.of(properties), parts));
    return this;
  }

  HeifSample relation(String type, int from, int to) {
    relations.add(new Relation(type, from, to));
    return this;
  }

  HeifSample primary(int item) {
    primary = item;
    return this;
  }

  HeifSample brand(String name) {
    brand = name;
    return this;
  }

  static byte[] size(int width, int height) {
    return box("ispe", ints(0, width, height));
  }

  static byte[] hevc() {
    return box("hvcC", HVCC);
  }

  static byte[] turned(int quarters) {
    return box("irot", new byte[] {(byte) quarters});
  }

  static byte[] mirrored(int axis) {
    return box("imir", new byte[] {(byte) axis});
  }

  /** Cut to a size, its centre moved from the middle by a number of pixels. */
  static byte[] cut(int width, int height, int right, int down) {
    return box("clap", ints(width, 1, height, 1, right, 1, down, 1));
  }

  /** What an auxiliary picture is for. */
  static byte[] auxiliary(String name) {
    return box("auxC", joined(ints(0), name.getBytes(StandardCharsets.ISO_8859_1), new byte[1]));
  }

  static byte[] grid(int rows, int columns, int width, int height) {
    return joined(
        new byte[] {0, 0, (byte) (rows - 1), (byte) (columns - 1)}, shorts(width, height));
  }

  /** The codes of ITU-T H.273 for primaries, transfer and matrix. */
  static byte[] colours(int primaries, int transfer, int matrix, boolean full) {
    byte[] range = {(byte) (full ? 0x80 : 0)};
    return box("colr", joined(text("nclx"), shorts(primaries, transfer, matrix), range));
  }

  /**
   * A canvas and where pictures lie on it.
   *
   * @param fill red, green, blue and opacity in 16 bits
   * @param places left and top of each picture
   */
  static byte[] overlay(int width, int height, int[] fill, int... places) {
    return joined(new byte[2], shorts(fill), shorts(width, height), shorts(places));
  }

  byte[] bytes() {
    byte[] head = box("ftyp", joined(text(brand), ints(0), text("mif1"), text(brand)));
    byte[] meta = meta(0);
    meta = meta(head.length + meta.length + 8);
    byte[] data = new byte[0];
    for (Item item : items) {
      data = joined(data, item.data());
    }
    return joined(head, meta, box("mdat", data));
  }

  private byte[] meta(int dataStart) {
    byte[] infos = new byte[0];
    byte[] locations = new byte[0];
    byte[] properties = new byte[0];
    byte[] associations = new byte[0];
    byte[] references = new byte[0];
    int offset = dataStart;
    int count = 0;
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      int id = i + 1;
      infos =
          joined(
              infos,
              box("infe", joined(ints(2 << 24), shorts(id, 0), text(item.type()), new byte[1])));
      locations = joined(locations, shorts(id, 0, 1), ints(offset, item.data().length));
      offset += item.data().length;
      associations = joined(associations, shorts(id), new byte[] {(byte) item.properties().size()});
      for (byte[] property : item.properties()) {
        properties = joined(properties, property);
        associations = joined(associations, new byte[] {(byte) ++count});
      }
      if (!item.parts().isEmpty()) {
        int[] parts = item.parts().stream().mapToInt(Integer::intValue).toArray();
        references =
            joined(references, box("dimg", joined(shorts(id, parts.length), shorts(parts))));
      }
    }
    for (Relation relation : relations) {
      references =
          joined(
              references, box(relation.type(), joined(shorts(relation.from(), 1, relation.to()))));
    }
    return box(
        "meta",
        joined(
            ints(0),
            box("hdlr", joined(ints(0, 0), text("pict"), new byte[13])),
            box("pitm", joined(ints(0), shorts(primary))),
            box("iloc", joined(ints(0), shorts(0x4400, items.size()), locations)),
            box("iinf", joined(ints(0), shorts(items.size()), infos)),
            references.length == 0 ? new byte[0] : box("iref", joined(ints(0), references)),
            box(
                "iprp",
                joined(
                    box("ipco", properties),
                    box("ipma", joined(ints(0, items.size()), associations))))));
  }

  static byte[] box(String type, byte[] body) {
    return joined(ints(8 + body.length), text(type), body);
  }

  private static byte[] text(String four) {
    return four.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] ints(int... values) {
    byte[] out = new byte[4 * values.length];
    ByteBuffer.wrap(out).asIntBuffer().put(values);
    return out;
  }

  private static byte[] shorts(int... values) {
    byte[] out = new byte[2 * values.length];
    ByteBuffer to = ByteBuffer.wrap(out);
    for (int value : values) {
      to.putShort((short) value);
    }
    return out;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
