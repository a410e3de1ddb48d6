package dev.deltadepth.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that appear whole or not at all. */
public final class AtomicFile {

  /** What writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to the buffered stream; it need not be closed. */
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a file through a temporary one in the same folder, which then takes its name in one
   * step. If anything fails, the temporary file is gone and a file that was there before is as it
   * was.
   *
   * @param file the file to write; one that exists is replaced
   * @throws FileException if the folder is missing or unwritable or the disk is full
   */
  public static void write(Path file, Content content) {
    if (Files.isDirectory(file)) {
      throw new FileException(file + " is a folder: give the name of a file to write");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new FileException(
          "cannot write " + file + ": its folder does not exist; create it or choose another one");
    }
    Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW), 1 << 16)) {
        content.writeTo(out);
      }
      move(temporary, file);
    } catch (AccessDeniedException e) {
      throw new FileException(
          "cannot write " + file + ": no permission; choose a folder that you may write to", e);
    } catch (IOException e) {
      throw new FileException(
          "cannot write "
              + file
              + " ("
              + Messages.of(e)
              + "): check that the disk has room and the folder is writable",
          e);
    } finally {
      deleteQuietly(temporary);
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
      // What failed before is what the caller must hear of; a leftover is only untidy.
      temporary.toFile().deleteOnExit();
    }
  }
}
