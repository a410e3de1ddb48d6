package dev.deltadepth.video;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The items of a HEIF file: coded pictures, grids of them, and what belongs to each.
 *
 * <p>Source: ISO/IEC 23008-12 (HEIF) and 14496-12 (its boxes).
 */
final class HeifFile {

  /** Items of a file; phones write some hundred. */
  private static final int MOST_ITEMS = 20_000;

  private final byte[] content;
  private int primary = -1;
  private final Map<Integer, String> types = new HashMap<>();
  private final Map<Integer, List<Extent>> extents = new HashMap<>();
  private final Map<Integer, List<Integer>> parts = new HashMap<>();
  private final Map<Integer, Integer> auxiliary = new HashMap<>();
  private final Map<Integer, Integer> descriptions = new HashMap<>();
  private final List<Property> properties = new ArrayList<>();
  private final Map<Integer, List<Integer>> associations = new HashMap<>();
  private int idat = -1;

  /** A piece of an item's data; method 0 counts from the file's start, 1 from the idat box. */
  private record Extent(int method, long offset, long length) {}

  /**
   * What an item has.
   *
   * @param type of its box, such as {@code ispe}
   * @param body what the box contains
   */
  record Property(String type, ByteBuffer body) {}

  private HeifFile(byte[] content) {
    this.content = content;
  }

  /**
   * Reads the structure; no picture is decoded.
   *
   * @throws IllegalArgumentException if it is cut off or damaged
   */
  static HeifFile of(byte[] content) {
    HeifFile file = new HeifFile(content);
    try {
      file.boxes(ByteBuffer.wrap(content), 0);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a box is cut off", e);
    }
    if (file.primary < 0 || !file.types.containsKey(file.primary)) {
      throw new IllegalArgumentException("it names no picture");
    }
    return file;
  }

  /** The item that is the picture. */
  int primary() {
    return primary;
  }

  /** An item's type, such as {@code hvc1} or {@code grid}. */
  String type(int item) {
    return types.getOrDefault(item, "none");
  }

  /** The items that an item is made from, in order. */
  List<Integer> parts(int item) {
    return parts.getOrDefault(item, List.of());
  }

  /** The item that holds an item's opacity. */
  Optional<Integer> opacity(int item) {
    return auxiliary(item, "alpha", "auxid:1");
  }

  /** The item that holds an item's depth. */
  Optional<Integer> depth(int item) {
    return auxiliary(item, "auxiliary:depth", "auxid:2");
  }

  /** The metadata that describes an item. */
  Optional<ByteBuffer> description(int item) {
    return Optional.ofNullable(descriptions.get(item)).map(this::data);
  }

  private Optional<Integer> auxiliary(int item, String... names) {
    return auxiliary.entrySet().stream()
        .filter(entry -> entry.getValue() == item)
        .map(Map.Entry::getKey)
        .filter(
            other ->
                property(other, "auxC")
                    .map(box -> StandardCharsets.UTF_8.decode(box).toString())
                    .filter(text -> Arrays.stream(names).anyMatch(text::contains))
                    .isPresent())
        .findFirst();
  }

  /** An item's properties, in the order in which they apply. */
  List<Property> properties(int item) {
    List<Property> found = new ArrayList<>();
    for (int index : associations.getOrDefault(item, List.of())) {
      if (index >= 1 && index <= properties.size()) {
        found.add(properties.get(index - 1));
      }
    }
    return found;
  }

  /** The body of an item's first property of a type, from its start. */
  Optional<ByteBuffer> property(int item, String type) {
    return properties(item).stream()
        .filter(property -> property.type().equals(type))
        .map(property -> property.body().slice())
        .findFirst();
  }

  /**
   * An item's data.
   *
   * @throws IllegalArgumentException if it lies outside of the file
   */
  ByteBuffer data(int item) {
    List<Extent> pieces = extents.getOrDefault(item, List.of());
    long total = pieces.stream().mapToLong(Extent::length).sum();
    if (pieces.isEmpty() || total > content.length) {
      throw new IllegalArgumentException("its data is missing");
    }
    ByteBuffer data = ByteBuffer.allocate((int) total);
    for (Extent piece : pieces) {
      long start = piece.offset() + (piece.method() == 1 ? idat : 0);
      if (start < 0 || piece.length() < 0 || start + piece.length() > content.length) {
        throw new IllegalArgumentException("its data is cut off");
      }
      data.put(content, (int) start, (int) piece.length());
    }
    return data.flip();
  }

  private void boxes(ByteBuffer in, int depth) {
    while (in.remaining() >= 8) {
      long size = in.getInt() & 0xffffffffL;
      String type = name(in);
      long head = 8;
      if (size == 1) {
        size = in.getLong();
        head = 16;
      } else if (size == 0) {
        size = in.remaining() + head;
      }
      if (size < head || size - head > in.remaining()) {
        throw new IllegalArgumentException("box '" + type + "' is cut off");
      }
      int next = in.position() + (int) (size - head);
      ByteBuffer body = in.duplicate().limit(next);
      box(type, body, depth);
      in.position(next);
    }
  }

  private void box(String type, ByteBuffer body, int depth) {
    if (depth > 3) {
      return;
    }
    switch (type) {
      case "meta" -> {
        body.getInt();
        boxes(body, depth + 1);
      }
      case "iprp" -> boxes(body, depth + 1);
      case "pitm" -> primary = version(body) == 0 ? word(body) : body.getInt();
      case "iinf" -> {
        int count = version(body) == 0 ? word(body) : body.getInt();
        limit(count);
        boxes(body, depth + 1);
      }
      case "infe" -> info(body);
      case "iref" -> references(body);
      case "ipco" -> {
        while (body.remaining() >= 8) {
          int size = body.getInt();
          String property = name(body);
          if (size < 8 || size - 8 > body.remaining()) {
            throw new IllegalArgumentException("property '" + property + "' is cut off");
          }
          ByteBuffer inside = body.duplicate();
          inside.limit(body.position() + size - 8);
          properties.add(new Property(property, inside.slice()));
          body.position(inside.limit());
        }
      }
      case "ipma" -> associate(body);
      case "iloc" -> locate(body);
      case "idat" -> idat = body.position();
      default -> {
        // Nothing that is needed.
      }
    }
  }

  private void info(ByteBuffer body) {
    int version = version(body);
    if (version >= 2) {
      int item = version == 2 ? word(body) : body.getInt();
      body.getShort();
      types.put(item, name(body));
    }
  }

  private void references(ByteBuffer body) {
    boolean wide = version(body) == 1;
    while (body.remaining() >= 8) {
      int size = body.getInt();
      if (size < 8) {
        throw new IllegalArgumentException("a reference is cut off");
      }
      int next = body.position() - 4 + size;
      String type = name(body);
      int from = wide ? body.getInt() : word(body);
      int count = word(body);
      List<Integer> to = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        to.add(wide ? body.getInt() : word(body));
      }
      if (type.equals("dimg")) {
        parts.put(from, to);
      } else if (type.equals("auxl") && !to.isEmpty()) {
        auxiliary.put(from, to.get(0));
      } else if (type.equals("cdsc")) {
        to.forEach(item -> descriptions.put(item, from));
      }
      body.position(next);
    }
  }

  private void associate(ByteBuffer body) {
    int head = body.getInt();
    boolean wideItems = head >>> 24 >= 1;
    boolean wideIndices = (head & 1) == 1;
    int count = body.getInt();
    limit(count);
    for (int i = 0; i < count; i++) {
      int item = wideItems ? body.getInt() : word(body);
      int own = body.get() & 0xff;
      List<Integer> indices = associations.computeIfAbsent(item, key -> new ArrayList<>());
      for (int k = 0; k < own; k++) {
        indices.add(wideIndices ? word(body) & 0x7fff : body.get() & 0x7f);
      }
    }
  }

  private void locate(ByteBuffer body) {
    int version = version(body);
    int sizes = word(body);
    int offsetSize = sizes >> 12;
    int lengthSize = sizes >> 8 & 15;
    int baseSize = sizes >> 4 & 15;
    int indexSize = version > 0 ? sizes & 15 : 0;
    int count = version < 2 ? word(body) : body.getInt();
    limit(count);
    // Pieces without offset and length take no bytes of the file.
    int all = 0;
    for (int i = 0; i < count; i++) {
      int item = version < 2 ? word(body) : body.getInt();
      int method = version > 0 ? word(body) & 15 : 0;
      body.getShort();
      long base = number(body, baseSize);
      int pieces = word(body);
      all += pieces;
      limit(all);
      List<Extent> list = new ArrayList<>();
      for (int k = 0; k < pieces; k++) {
        number(body, indexSize);
        long offset = base + number(body, offsetSize);
        list.add(new Extent(method, offset, number(body, lengthSize)));
      }
      extents.put(item, list);
    }
  }

  private static void limit(int count) {
    if (count < 0 || count > MOST_ITEMS) {
      throw new IllegalArgumentException("it has too many items");
    }
  }

  private static long number(ByteBuffer in, int bytes) {
    return switch (bytes) {
      case 0 -> 0;
      case 4 -> in.getInt() & 0xffffffffL;
      case 8 -> in.getLong();
      default -> throw new IllegalArgumentException("a number has " + bytes + " bytes");
    };
  }

  private static int version(ByteBuffer box) {
    return box.getInt() >>> 24;
  }

  private static int word(ByteBuffer in) {
    return in.getShort() & 0xffff;
  }

  private static String name(ByteBuffer in) {
    byte[] name = new byte[4];
    in.get(name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }
}
