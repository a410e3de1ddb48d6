package dev.deltadepth.nn.weights;

import dev.deltadepth.nn.NetworkException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the subset of Python's pickle format (pickletools in its standard library) that weights
 * files use. A pickle is a program for a stack machine, and Python's machine calls any function
 * that the program names. This one calls nothing: it builds dictionaries, lists, tuples, numbers
 * and strings, and leaves names and calls to the {@link Reader}. Anything unknown is an error.
 *
 * <p>Tuples become {@link List}s, lists and dictionaries {@link Items} and {@link Dict}, integers
 * {@link Long}, and None {@link #NONE}. A dictionary may contain itself, so callers must not
 * traverse it deeper than needed.
 */
final class Pickle {

  /** Python's None. */
  static final Object NONE =
      new Object() {
        @Override
        public String toString() {
          return "None";
        }
      };

  /** A list. */
  record Items(List<Object> values) {}

  /** A dictionary; its keys are strings and integers. */
  record Dict(Map<Object, Object> entries) {
    /** An empty dictionary. */
    Dict() {
      this(new LinkedHashMap<>());
    }
  }

  /** A class or function that a pickle names. */
  record Global(String module, String name) {
    @Override
    public String toString() {
      return module + "." + name;
    }
  }

  /**
   * Resolves names and calls; every method throws a {@link NetworkException} for what it does not
   * support.
   */
  interface Reader {
    /** The object that stands for a class or function. */
    Object global(Global global);

    /** The result of a call. */
    Object call(Object function, List<?> arguments);

    /** The object outside the pickle with an id. */
    Object external(Object id);
  }

  private static final Object MARK =
      new Object() {
        @Override
        public String toString() {
          return "a mark";
        }
      };

  private static final int NEWEST_PROTOCOL = 5;
  private static final int LONGEST_LINE = 256;

  private final ByteBuffer in;
  private final Reader reader;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private Pickle(byte[] bytes, Reader reader) {
    this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.reader = reader;
  }

  /**
   * The object in a pickle.
   *
   * @throws NetworkException if it is truncated, damaged or uses something unsupported; the message
   *     does not name the file
   */
  static Object read(byte[] bytes, Reader reader) {
    try {
      return new Pickle(bytes, reader).run();
    } catch (BufferUnderflowException e) {
      throw new NetworkException("its pickle is truncated");
    }
  }

  private Object run() {
    while (true) {
      int at = in.position();
      int opcode = in.get() & 0xff;
      if (opcode == '.') {
        Object result = pop();
        if (!stack.isEmpty()) {
          throw new NetworkException("its pickle ends with unused values");
        }
        return result;
      }
      step(opcode, at);
    }
  }

  private void step(int opcode, int at) {
    switch (opcode) {
      case 0x80 -> protocol(in.get() & 0xff); // PROTO
      case 0x95 -> in.getLong(); // FRAME: only a hint for buffering
      case '(' -> stack.push(MARK);
      case 'N' -> stack.push(NONE);
      case 0x88 -> stack.push(true); // NEWTRUE
      case 0x89 -> stack.push(false); // NEWFALSE
      case 'J' -> stack.push((long) in.getInt()); // BININT
      case 'K' -> stack.push((long) (in.get() & 0xff)); // BININT1
      case 'M' -> stack.push((long) (in.getShort() & 0xffff)); // BININT2
      case 0x8a -> stack.push(longInteger(in.get() & 0xff)); // LONG1
      case 'G' -> stack.push(Double.longBitsToDouble(Long.reverseBytes(in.getLong()))); // BINFLOAT
      case 'X' -> stack.push(text(in.getInt())); // BINUNICODE
      case 0x8c -> stack.push(text(in.get() & 0xff)); // SHORT_BINUNICODE
      case '}' -> stack.push(new Dict()); // EMPTY_DICT
      case ']' -> stack.push(new Items(new ArrayList<>())); // EMPTY_LIST
      case ')' -> stack.push(List.of()); // EMPTY_TUPLE
      case 't' -> stack.push(Collections.unmodifiableList(toMark())); // TUPLE
      case 0x85 -> tuple(1);
      case 0x86 -> tuple(2);
      case 0x87 -> tuple(3);
      case 'a' -> { // APPEND
        Object value = pop();
        peek(Items.class).values().add(value);
      }
      case 'e' -> { // APPENDS
        List<Object> values = toMark();
        peek(Items.class).values().addAll(values);
      }
      case 's' -> { // SETITEM
        Object value = pop();
        set(List.of(pop(), value));
      }
      case 'u' -> set(toMark()); // SETITEMS
      case 'q' -> memo.put(in.get() & 0xff, peek()); // BINPUT
      case 'r' -> memo.put(in.getInt(), peek()); // LONG_BINPUT
      case 0x94 -> memo.put(memo.size(), peek()); // MEMOIZE
      case 'h' -> stack.push(remembered(in.get() & 0xff)); // BINGET
      case 'j' -> stack.push(remembered(in.getInt())); // LONG_BINGET
      case 'c' -> stack.push(reader.global(new Global(line(), line()))); // GLOBAL
      case 0x93 -> { // STACK_GLOBAL
        String name = pop(String.class);
        stack.push(reader.global(new Global(pop(String.class), name)));
      }
      case 'R' -> { // REDUCE
        List<?> arguments = pop(List.class);
        stack.push(reader.call(pop(), arguments));
      }
      case 'b' -> { // BUILD: attributes of a dictionary, such as the versions of modules
        pop();
        peek(Dict.class);
      }
      case 'Q' -> stack.push(reader.external(pop())); // BINPERSID
      default ->
          throw new NetworkException(
              String.format(
                  Locale.ROOT,
                  "its pickle has the unsupported instruction 0x%02x at byte %d",
                  opcode,
                  at));
    }
  }

  private static void protocol(int version) {
    if (version > NEWEST_PROTOCOL) {
      throw new NetworkException("its pickle has the unsupported protocol " + version);
    }
  }

  private long longInteger(int bytes) {
    if (bytes > Long.BYTES) {
      throw new NetworkException("its pickle has an integer of " + bytes + " bytes");
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (in.get() & 0xffL) << (8 * i);
    }
    int unused = Long.SIZE - 8 * bytes;
    return bytes == 0 ? 0 : value << unused >> unused;
  }

  private String text(int length) {
    if (length < 0 || length > in.remaining()) {
      throw new NetworkException("its pickle is truncated");
    }
    ByteBuffer bytes = in.slice(in.position(), length);
    in.position(in.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new NetworkException("its pickle has a string that is not UTF-8");
    }
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (byte b = in.get(); b != '\n'; b = in.get()) {
      if (b <= ' ' || line.length() == LONGEST_LINE) {
        throw new NetworkException("its pickle has an invalid class name");
      }
      line.append((char) b);
    }
    return line.toString();
  }

  private void tuple(int length) {
    Object[] values = new Object[length];
    for (int i = length - 1; i >= 0; i--) {
      values[i] = pop();
    }
    stack.push(List.of(values));
  }

  private void set(List<Object> keysAndValues) {
    Map<Object, Object> map = peek(Dict.class).entries();
    if (keysAndValues.size() % 2 != 0) {
      throw new NetworkException("its pickle has a key without a value");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      Object key = keysAndValues.get(i);
      if (!(key instanceof String) && !(key instanceof Long)) {
        throw new NetworkException("its pickle has a key that is neither a string nor an integer");
      }
      map.put(key, keysAndValues.get(i + 1));
    }
  }

  private List<Object> toMark() {
    List<Object> values = new ArrayList<>();
    while (true) {
      if (stack.isEmpty()) {
        throw new NetworkException("its pickle lacks a mark");
      }
      Object value = stack.pop();
      if (value == MARK) {
        Collections.reverse(values);
        return values;
      }
      values.add(value);
    }
  }

  private Object remembered(int index) {
    Object value = memo.get(index);
    if (value == null) {
      throw new NetworkException("its pickle has no memo entry " + index);
    }
    return value;
  }

  private Object peek() {
    Object value = stack.peek();
    if (value == null || value == MARK) {
      throw new NetworkException("its pickle lacks a value");
    }
    return value;
  }

  private <T> T peek(Class<T> type) {
    return as(type, peek());
  }

  private Object pop() {
    Object value = peek();
    stack.pop();
    return value;
  }

  private <T> T pop(Class<T> type) {
    return as(type, pop());
  }

  /** Casts a value to a type, or throws. */
  static <T> T as(Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new NetworkException(
          "its pickle has a "
              + value.getClass().getSimpleName()
              + " instead of a "
              + type.getSimpleName());
    }
    return type.cast(value);
  }
}
