package dev.deltadepth.io;

import dev.deltadepth.core.DeltaException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that cannot be read or written: the message names it and says what to do, on one line. */
public final class FileException extends DeltaException {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong with which file, and the remedy. */
  public FileException(String message) {
    super(message);
  }

  /** Says the same, with what the system or a decoder reported. */
  public FileException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Says why a file cannot be read: it is missing, a folder or protected, or the disk failed. */
  public static FileException unreadable(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException && Files.isSymbolicLink(file)) {
      return new FileException(
          file + " is a link to a file that does not exist: check its target", cause);
    }
    if (cause instanceof NoSuchFileException) {
      return new FileException(file + " does not exist: check the path", cause);
    }
    if (Files.isDirectory(file)) {
      return new FileException(file + " is a folder: give the path of a file", cause);
    }
    if (cause instanceof AccessDeniedException) {
      return new FileException("cannot read " + file + ": permission denied", cause);
    }
    return new FileException("cannot read " + file + ": " + Messages.of(cause), cause);
  }
}
