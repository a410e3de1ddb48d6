package dev.deltadepth.server.job;

import dev.deltadepth.server.http.ServerException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server's temporary folder, which its user alone may open. A lock in it tells the folder of a
 * running server from what a killed one has left.
 */
final class JobFolder implements AutoCloseable {
  static final String PREFIX = "delta-jobs-";
  static final String LOCK = "lock";
  private static final int ATTEMPTS = 10;
  private static final Duration LONG_AGO = Duration.ofHours(1);

  /** Those of this process: it would not notice its own locks, and lose them. */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private JobFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes one, and removes those that killed servers of the same user have left.
   *
   * @throws ServerException if there is no room for it
   */
  static JobFolder in(Path parent) {
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        Path made = Files.createTempDirectory(parent.toAbsolutePath(), PREFIX);
        OPEN.add(made);
        FileChannel channel =
            FileChannel.open(
                made.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock own = channel.tryLock();
        if (own != null && Files.exists(made.resolve(LOCK))) {
          removeOld(parent.toAbsolutePath(), Files.getOwner(made));
          return new JobFolder(made, channel);
        }
        // Another server that starts took it for a leftover, between two of these lines.
        channel.close();
        OPEN.remove(made);
      } catch (NoSuchFileException e) {
        if (!Files.isDirectory(parent)) {
          throw cannot(parent, e);
        }
      } catch (IOException e) {
        throw cannot(parent, e);
      }
    }
    throw new ServerException("cannot make a temporary folder in " + parent);
  }

  private static ServerException cannot(Path parent, IOException problem) {
    return new ServerException(
        "cannot make a folder for videos in " + parent + "; serve without them with --jobs 0",
        problem);
  }

  private static void removeOld(Path parent, UserPrincipal owner) throws IOException {
    List<Path> candidates;
    try (Stream<Path> all = Files.list(parent)) {
      candidates =
          all.filter(path -> String.valueOf(path.getFileName()).startsWith(PREFIX)).toList();
    }
    for (Path candidate : candidates) {
      if (OPEN.contains(candidate) || !Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        if (Files.getOwner(candidate, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
          removeUnlessLocked(candidate);
        }
      } catch (IOException | OverlappingFileLockException e) {
        // In use, or gone in the meantime.
      }
    }
  }

  private static void removeUnlessLocked(Path folder) throws IOException {
    // Without CREATE: a folder without a lock is just being made, or half removed.
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (channel.tryLock() != null) {
        delete(folder);
      }
    } catch (NoSuchFileException e) {
      Instant made = Files.getLastModifiedTime(folder).toInstant();
      if (made.isBefore(Instant.now().minus(LONG_AGO))) {
        delete(folder);
      }
    }
  }

  Path path() {
    return path;
  }

  /** Makes a folder in it. */
  Path make(String name) throws IOException {
    return Files.createDirectory(path.resolve(name));
  }

  /** Deletes a folder with all that is in it, as far as that is possible. Follows no links. */
  static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path inside, @Nullable IOException problem)
                throws IOException {
              Files.deleteIfExists(inside);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // The next server tries again.
    }
  }

  /** Bytes of all files in a folder. */
  static long bytes(Path folder) {
    long[] sum = new long[1];
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // What is there was counted.
    }
    return sum[0];
  }

  @Override
  public void close() {
    // The lock goes last: until then nobody takes the folder for a leftover.
    delete(path);
    OPEN.remove(path);
    try {
      lock.close();
    } catch (IOException e) {
      // It is gone with the folder.
    }
  }
}
