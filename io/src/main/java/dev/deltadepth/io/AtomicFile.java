package dev.deltadepth.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Writes files that appear complete or not at all. Until then they are hidden files in the same
 * folder, {@code .delta-PID-N.tmp}; those that a killed process left behind are deleted by the next
 * one that writes there.
 */
public final class AtomicFile {

  private static final String PREFIX = ".delta-";
  private static final String SUFFIX = ".tmp";

  /** Of file systems, in bytes. */
  private static final int LONGEST_NAME = 255;

  /** Younger ones may belong to a process of another machine that shares the folder. */
  private static final Duration STALE = Duration.ofHours(1);

  /** How long a process that ends takes to be gone, at the most. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private static final AtomicLong NEXT = new AtomicLong();
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();
  private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

  /** Read while a temporary file is made, written when the process ends. */
  private static final ReadWriteLock LIFE = new ReentrantReadWriteLock();

  private static volatile boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtomicFile::tidy, "delta-tidy"));
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to the buffered stream, without having to close it. */
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a temporary file in the same folder and then renames it atomically. If anything fails,
   * the temporary file is deleted and an existing file stays as it was.
   *
   * @param file the file to write; an existing one is replaced
   * @throws FileException if the folder is missing or not writable, or the disk is full
   */
  public static void write(Path file, Content content) {
    if (Files.isDirectory(file)) {
      throw new FileException(file + " is a folder: give the path of a file");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new FileException(
          "cannot write " + file + ": its folder does not exist; create it or choose another");
    }
    if (SWEPT.add(folder)) {
      sweep(folder);
    }
    Path temporary =
        folder.resolve(
            PREFIX + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet() + SUFFIX);
    try {
      try (OutputStream out = new BufferedOutputStream(create(temporary), 1 << 16)) {
        content.writeTo(out);
      }
      move(temporary, file);
    } catch (AccessDeniedException e) {
      throw new FileException(
          "cannot write " + file + ": permission denied; choose another folder", e);
    } catch (IOException e) {
      int bytes = String.valueOf(file.getFileName()).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST_NAME) {
        throw new FileException(
            "cannot write a file whose name has " + bytes + " bytes; choose a shorter one: " + file,
            e);
      }
      throw new FileException(
          "cannot write "
              + file
              + " ("
              + reason(e)
              + "): check that the disk has space and the folder is writable",
          e);
    } finally {
      deleteQuietly(temporary);
      OPEN.remove(temporary);
    }
  }

  private static OutputStream create(Path temporary) throws IOException {
    LIFE.readLock().lock();
    try {
      if (!ending) {
        return open(temporary);
      }
    } finally {
      LIFE.readLock().unlock();
    }
    try {
      // The process is about to be gone, unless something that has to be finished keeps it alive.
      Thread.sleep(FAREWELL.toMillis());
      ending = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return open(temporary);
  }

  private static OutputStream open(Path temporary) throws IOException {
    OPEN.add(temporary);
    return Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW);
  }

  /** Deletes the temporary files of a process that ends, and sees to it that no more are made. */
  private static void tidy() {
    LIFE.writeLock().lock();
    try {
      ending = true;
    } finally {
      LIFE.writeLock().unlock();
    }
    OPEN.forEach(AtomicFile::deleteQuietly);
  }

  /** Without the names of files, which a message has already. */
  private static String reason(IOException problem) {
    return problem instanceof FileSystemException known && known.getReason() != null
        ? known.getReason()
        : Messages.ofRoot(problem);
  }

  /** Deletes what processes that no longer run have left in a folder. */
  static void sweep(Path folder) {
    Instant old = Instant.now().minus(STALE);
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      for (Path temporary : found) {
        if (Files.getLastModifiedTime(temporary).toInstant().isBefore(old) && !runs(temporary)) {
          deleteQuietly(temporary);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A folder that cannot be listed may still be written to.
    }
  }

  private static boolean runs(Path temporary) {
    String[] parts = String.valueOf(temporary.getFileName()).split("-");
    try {
      return ProcessHandle.of(Long.parseLong(parts[1])).isPresent();
    } catch (NumberFormatException e) {
      return true;
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteQuietly(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The caller needs to see the first failure; a leftover file is merely untidy.
      temporary.toFile().deleteOnExit();
    }
  }
}
