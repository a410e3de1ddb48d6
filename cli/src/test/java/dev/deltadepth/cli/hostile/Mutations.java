package dev.deltadepth.cli.hostile;

import dev.deltadepth.core.DeltaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Feeds changed copies of good files to a reader, which may refuse them with an exception of this
 * project and with nothing else. Tests change a few hundred; {@code -Ddelta.mutations=1000000}
 * makes it a long run.
 */
final class Mutations {
  private static final int COUNT = Integer.getInteger("delta.mutations", 300);

  /** In a long run, no input may take longer, in seconds. */
  private static final double LONGEST = 2;

  private static final int LONG_RUN = 10_000;

  private static final long[] NUMBERS = {
    0, 1, -1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000L, 0x10000000
  };

  private Mutations() {}

  /** Reads a file. */
  interface Reader {
    /** Throws whatever it wants to. */
    void read(Path file) throws Exception;
  }

  /**
   * Changes and reads.
   *
   * @param file to write each copy to
   * @param seeds good files
   */
  static void run(Path file, List<byte[]> seeds, Reader reader) throws IOException {
    Random random = new Random(file.getFileName().toString().hashCode());
    for (int i = 0; i < COUNT; i++) {
      byte[] changed = changed(seeds, random);
      Files.write(file, changed);
      long start = System.nanoTime();
      try {
        reader.read(file);
      } catch (DeltaException e) {
        requireOneLine(e, changed);
      } catch (Exception | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("mutation " + i + ": " + shown(changed), e);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (COUNT > LONG_RUN && seconds > LONGEST) {
        throw new AssertionError("mutation " + i + " takes " + seconds + " s: " + shown(changed));
      }
    }
  }

  private static void requireOneLine(DeltaException e, byte[] changed) {
    String message = String.valueOf(e.getMessage());
    if (message.isBlank() || message.contains("\n") || message.length() > 1000) {
      throw new AssertionError("a message of another kind: " + shown(changed), e);
    }
  }

  private static String shown(byte[] content) {
    return Base64.getEncoder()
        .encodeToString(Arrays.copyOf(content, Math.min(4000, content.length)));
  }

  private static byte[] changed(List<byte[]> seeds, Random random) {
    byte[] content = seeds.get(random.nextInt(seeds.size())).clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && content.length > 0; i++) {
      content = change(content, seeds, random);
    }
    return content;
  }

  private static byte[] change(byte[] content, List<byte[]> seeds, Random random) {
    // Headers decide, so most changes happen near the start.
    int bound = random.nextBoolean() ? content.length : Math.min(content.length, 128);
    int at = random.nextInt(bound);
    switch (random.nextInt(7)) {
      case 0 -> content[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> content[at] = (byte) random.nextInt(256);
      case 2 -> number(content, at, random);
      case 3 -> {
        return Arrays.copyOf(content, at);
      }
      case 4 -> {
        int length = Math.min(content.length - at, 1 + random.nextInt(16));
        return joined(content, at, content, at + length);
      }
      case 5 -> {
        return joined(content, at, content, Math.max(0, at - 1 - random.nextInt(16)));
      }
      default -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        return joined(content, at, other, Math.min(at, other.length));
      }
    }
    return content;
  }

  /** A number at the ends of its range, in either order of bytes. */
  private static void number(byte[] content, int at, Random random) {
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    int bytes = 1 << random.nextInt(4);
    boolean little = random.nextBoolean();
    for (int i = 0; i < bytes && at + i < content.length; i++) {
      int shift = 8 * (little ? i : bytes - 1 - i);
      content[at + i] = (byte) (number >> shift);
    }
  }

  private static byte[] joined(byte[] head, int until, byte[] tail, int from) {
    byte[] all = Arrays.copyOf(head, until + tail.length - from);
    System.arraycopy(tail, from, all, until, tail.length - from);
    return all;
  }
}
