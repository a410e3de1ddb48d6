package dev.deltadepth.distill.run;

import dev.deltadepth.distill.recipe.DistillException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps other processes out of a run's folder; the system lifts it when this process ends. */
public final class RunLock implements AutoCloseable {

  private static final String FILE = "lock";

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a run's folder, which is created if needed.
   *
   * @throws DistillException if another process works in it, or it cannot be written
   */
  public static RunLock take(Path folder) {
    Path file = folder.resolve(FILE);
    FileChannel channel;
    try {
      Files.createDirectories(folder);
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new DistillException("cannot write " + folder + "; choose another run folder", e);
    }
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw taken(folder, file);
      }
      byte[] process =
          Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
      channel.truncate(0).write(ByteBuffer.wrap(process));
      return new RunLock(channel);
    } catch (OverlappingFileLockException e) {
      close(channel);
      throw taken(folder, file);
    } catch (DistillException e) {
      close(channel);
      throw e;
    } catch (IOException e) {
      // Some network drives cannot lock: work on without.
      return new RunLock(channel);
    }
  }

  private static DistillException taken(Path folder, Path file) {
    String process = "another process";
    try {
      String id = Files.readString(file).strip();
      process = id.isEmpty() ? process : "process " + id;
    } catch (IOException e) {
      // On Windows a locked file cannot be read.
    }
    return new DistillException(
        folder + " is in use: " + process + " is training there; choose another run folder");
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // There is nothing to lose.
    }
  }

  @Override
  public void close() {
    close(channel);
  }
}
