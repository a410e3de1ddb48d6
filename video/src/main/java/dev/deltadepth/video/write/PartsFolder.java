package dev.deltadepth.video.write;

import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a job has finished so far, in a hidden folder beside its output: {@code .NAME.delta-parts}.
 * One that a killed job has left is gone on with, or deleted by the next job with the same output.
 */
public final class PartsFolder implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String JOB = "job.txt";

  private final Path folder;
  private final FileChannel lock;
  private boolean kept;

  private PartsFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens the folder of an output.
   *
   * @param resume whether what is there is kept, if it belongs to the same job
   * @param job what decides on the content of all parts
   * @throws FileException if another process works on this output, or the folder cannot be written
   */
  public static PartsFolder open(Path output, boolean resume, String job) {
    Path absolute = output.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new FileException(
          "cannot write " + output + ": its folder does not exist; create it or choose another");
    }
    if (!Files.isWritable(parent)) {
      throw new FileException(
          "cannot write " + output + ": permission denied; choose another folder");
    }
    Path folder = of(absolute);
    @Nullable FileChannel channel = null;
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock own = channel.tryLock();
      if (own == null) {
        throw new OverlappingFileLockException();
      }
      Path description = folder.resolve(JOB);
      boolean same = Files.exists(description) && Files.readString(description).equals(job);
      if (!resume || !same) {
        clear(folder, true);
      }
      Files.writeString(description, job);
      return new PartsFolder(folder, channel);
    } catch (OverlappingFileLockException e) {
      close(channel);
      throw new FileException(
          "another process is writing " + output + ": wait until it is done", e);
    } catch (IOException e) {
      close(channel);
      throw WriteProblem.of(output, String.valueOf(e.getMessage()), e);
    }
  }

  private static Path of(Path output) {
    return output.resolveSibling("." + output.getFileName() + ".delta-parts");
  }

  /** Whether a job has left parts of an output. */
  public static boolean exists(Path output) {
    return Files.exists(of(output.toAbsolutePath()).resolve(JOB));
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The first error is told.
    }
  }

  /** A file in it. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** The names of the files in it, in order. */
  List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw FileException.unreadable(folder, e);
    }
  }

  /** Has it deleted when it is closed, after all. */
  public void discard() {
    kept = false;
  }

  /** Has it stay when it is closed, for the next run. */
  public void keep() {
    kept = true;
  }

  private static void clear(Path folder, boolean exceptLock) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        boolean stays = exceptLock && (path.equals(folder) || path.endsWith(LOCK));
        if (!stays) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException e) {
      // What is left is hidden and has a name that says what it is.
    }
  }

  /** Deletes it, unless it is kept. */
  @Override
  public void close() {
    close(lock);
    if (!kept) {
      clear(folder, false);
    }
  }
}
