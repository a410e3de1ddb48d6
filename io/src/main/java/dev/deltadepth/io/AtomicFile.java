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

/** Writes files that appear complete or not at all. */
public final class AtomicFile {

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
          "cannot write " + file + ": permission denied; choose another folder", e);
    } catch (IOException e) {
      throw new FileException(
          "cannot write "
              + file
              + " ("
              + Messages.of(e)
              + "): check that the disk has space and the folder is writable",
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
      // The caller needs to see the first failure; a leftover file is merely untidy.
      temporary.toFile().deleteOnExit();
    }
  }
}
