package dev.deltadepth.io;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.deltadepth.core.DeltaException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Feeds changed copies of good files to a reader, which may refuse them with an exception of this
 * project and with nothing else, and must neither hang nor keep anything. Tests change a few
 * hundred; {@code -Ddelta.mutations=1000000} makes it a long run, which also requires that no input
 * takes two seconds, and that memory, open files and threads do not grow. A run may be done in
 * parts: those of another {@code -Ddelta.mutations.part} are others.
 */
public final class Mutations {
  private static final int COUNT = Integer.getInteger("delta.mutations", 300);
  private static final int PART = Integer.getInteger("delta.mutations.part", 0);

  /** A reader that starts a process for each file gets one of so many. */
  private static final int PROCESS = 100;

  private static final int LONG_RUN = 10_000;

  /** In a long run, no input may take longer, in seconds; a busy machine gets two more chances. */
  private static final double LONGEST = 2;

  /** What takes so many seconds hangs, in any run. */
  private static final int HANGS = 100;

  /** Bytes, files and threads that a run may leave; libraries fill their caches now and then. */
  private static final long[] GROWTH = {16 << 20, 16, 8};

  private static final long[] NUMBERS = {
    0, 1, -1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000L, 0x10000000
  };

  private final List<byte[]> seeds;
  private final Random random;
  private int count = COUNT;
  private volatile Reading reading =
      new Reading("a good file", new byte[0], System.nanoTime(), Thread.currentThread());

  /** What is being read. */
  private record Reading(String name, byte[] content, long start, Thread thread) {}

  /**
   * Prepares a run.
   *
   * @param name of the reader; runs of the same name and part are the same
   * @param seeds good files
   */
  public Mutations(String name, List<byte[]> seeds) {
    this.seeds = List.copyOf(seeds);
    this.random = new Random(name.hashCode() + PART);
  }

  /** The same for a reader that starts a process for each file: fewer. */
  public Mutations ofProcesses() {
    count = Math.max(Math.min(COUNT, 40), COUNT / PROCESS);
    return this;
  }

  /** Reads a file's content. */
  public interface Reader {
    /** Throws whatever it wants to. */
    void read(byte[] content) throws Exception;
  }

  /** Reads a file. */
  public interface FileReader {
    /** Throws whatever it wants to. */
    void read(Path file) throws Exception;
  }

  /** Changes and reads; each copy is written to a file, beside which nothing may be left. */
  public void run(Path file, FileReader reader) throws IOException {
    List<Path> before = beside(file);
    run(
        content -> {
          // What is written over an old file would wait for the disk.
          Files.deleteIfExists(file);
          Files.write(file, content);
          reader.read(file);
        });
    List<Path> left = beside(file);
    left.removeAll(before);
    left.remove(file);
    require(left.isEmpty(), "left " + left);
  }

  private static List<Path> beside(Path file) throws IOException {
    try (Stream<Path> files = Files.list(file.toAbsolutePath().getParent())) {
      return new ArrayList<>(files.toList());
    }
  }

  /** Changes and reads. */
  public void run(Reader reader) {
    ExecutorService worker =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "reader");
              thread.setDaemon(true);
              return thread;
            });
    try {
      wait(worker.submit(() -> readAll(reader)));
    } finally {
      worker.shutdownNow();
    }
  }

  /** Waits for the end, or until one input takes far too long. */
  private void wait(Future<?> all) {
    while (true) {
      try {
        all.get(1, TimeUnit.SECONDS);
        return;
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      } catch (TimeoutException e) {
        Reading now = reading;
        if ((System.nanoTime() - now.start()) / 1e9 > HANGS) {
          String stack = Arrays.toString(now.thread().getStackTrace());
          throw new AssertionError(now.name() + " hangs in " + stack + shown(now.content()), e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  private void readAll(Reader reader) {
    for (byte[] seed : seeds) {
      try {
        reader.read(seed);
      } catch (Exception e) {
        throw new AssertionError("a good file is refused: " + shown(seed), e);
      }
    }
    long[] early = new long[GROWTH.length];
    for (int i = 0; i < count; i++) {
      if (i == count / 5 && COUNT > LONG_RUN) {
        early = held();
      }
      byte[] changed = changed();
      String name = "mutation " + i;
      if (seconds(reader, changed, name) > LONGEST && COUNT > LONG_RUN) {
        double again = Math.min(seconds(reader, changed, name), seconds(reader, changed, name));
        require(again <= LONGEST, name + " takes " + again + " s: " + shown(changed));
      }
    }
    long[] late = COUNT > LONG_RUN ? held() : early;
    for (int k = 0; k < GROWTH.length; k++) {
      require(
          late[k] - early[k] <= GROWTH[k],
          "bytes, files and threads grew from "
              + Arrays.toString(early)
              + " to "
              + Arrays.toString(late));
    }
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new AssertionError(problem);
    }
  }

  private double seconds(Reader reader, byte[] content, String name) {
    long start = System.nanoTime();
    reading = new Reading(name, content, start, Thread.currentThread());
    try {
      reader.read(content);
    } catch (DeltaException e) {
      requireOneLine(e, content);
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(name + ": " + shown(content), e);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Bytes on the heap, open files and threads. */
  private static long[] held() {
    // What nobody refers to is closed by another thread, after its collection.
    for (int i = 0; i < 20; i++) {
      System.gc();
    }
    Runtime java = Runtime.getRuntime();
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getOpenFileDescriptorCount()
            : 0;
    return new long[] {java.totalMemory() - java.freeMemory(), files, Thread.activeCount()};
  }

  private static void requireOneLine(Throwable e, byte[] changed) {
    String message = String.valueOf(e.getMessage());
    if (message.isBlank() || message.contains("\n") || message.length() > 1000) {
      throw new AssertionError("a message of another kind: " + shown(changed), e);
    }
  }

  private static String shown(byte[] content) {
    return Base64.getEncoder()
        .encodeToString(Arrays.copyOf(content, Math.min(8000, content.length)));
  }

  private byte[] changed() {
    byte[] content = seeds.get(random.nextInt(seeds.size())).clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && content.length > 0; i++) {
      content = change(content);
    }
    return content;
  }

  private byte[] change(byte[] content) {
    // Headers decide, so most changes happen near the start.
    int bound = random.nextBoolean() ? content.length : Math.min(content.length, 128);
    int at = random.nextInt(bound);
    switch (random.nextInt(7)) {
      case 0 -> content[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> content[at] = (byte) random.nextInt(256);
      case 2 -> number(content, at);
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
  private void number(byte[] content, int at) {
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
