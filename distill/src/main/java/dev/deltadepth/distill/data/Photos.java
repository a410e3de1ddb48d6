package dev.deltadepth.distill.data;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;

/**
 * A set of photos. Photos are decoded on first use and cached until the memory budget is used up.
 * Unreadable photos are recorded once and skipped. Safe for use by several threads.
 */
public final class Photos {

  private final List<Path> files;
  private final List<String> hashes;
  private final int shorterSide;
  private final long budget;
  private final AtomicReferenceArray<Optional<RgbImage>> decoded;
  private final AtomicLong cachedBytes = new AtomicLong();
  private final Set<String> unreadable = new LinkedHashSet<>();

  private Photos(List<Path> files, List<String> hashes, int shorterSide, long budget) {
    this.files = files;
    this.hashes = hashes;
    this.shorterSide = shorterSide;
    this.budget = budget;
    this.decoded = new AtomicReferenceArray<>(files.size());
  }

  /**
   * Photos split in two by a hash of their content, so that a photo never changes sides.
   *
   * @param training photos to train on
   * @param validation held-out photos
   */
  public record Split(Photos training, Photos validation) {}

  /**
   * Finds the photos in folders and their subfolders.
   *
   * @param folders to search
   * @param validation share of photos to hold out, 0 to 1
   * @param shorterSide larger photos are reduced to this shorter side, in pixels
   * @param budget bytes of decoded photos to cache
   * @throws DistillException if a folder does not exist or contains no photos, or none is left for
   *     training
   */
  public static Split find(List<Path> folders, double validation, int shorterSide, long budget) {
    List<Path> training = new ArrayList<>();
    List<Path> heldOut = new ArrayList<>();
    List<String> trainingHashes = new ArrayList<>();
    List<String> heldOutHashes = new ArrayList<>();
    for (Path file : folders.stream().flatMap(folder -> list(folder).stream()).toList()) {
      String hash = Sha256.of(file);
      boolean isHeldOut = share(hash) < validation;
      (isHeldOut ? heldOut : training).add(file);
      (isHeldOut ? heldOutHashes : trainingHashes).add(hash);
    }
    if (training.isEmpty()) {
      throw noPhotos(folders.get(0));
    }
    return new Split(
        new Photos(training, trainingHashes, shorterSide, budget),
        new Photos(heldOut, heldOutHashes, shorterSide, budget));
  }

  /** The hash's first four bytes as a share of their range, 0 to below 1: random but stable. */
  private static double share(String hash) {
    return Long.parseLong(hash.substring(0, 8), 16) / (double) (1L << 32);
  }

  private static DistillException noPhotos(Path folder) {
    return new DistillException(folder + " contains no photos to train on; choose another folder");
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> found =
          walk.filter(ImageFiles::isImage).filter(Files::isRegularFile).sorted().toList();
      if (found.isEmpty()) {
        throw noPhotos(folder);
      }
      return found;
    } catch (IOException | UncheckedIOException e) {
      throw new DistillException("cannot search " + folder + " for photos; is it a folder?", e);
    }
  }

  /** Number of files, readable or not. */
  public int count() {
    return files.size();
  }

  /** SHA-256, in hex, over the SHA-256 of every file, in the order of their paths. */
  public String contentHash() {
    return Sha256.ofHashes(hashes);
  }

  /** SHA-256, in hex, of the file at an index. */
  public String contentHash(int index) {
    return hashes.get(index);
  }

  /** The file at an index. */
  public Path file(int index) {
    return files.get(index);
  }

  /** The photo at an index; empty if it is unreadable. */
  public Optional<RgbImage> photo(int index) {
    Optional<RgbImage> cached = decoded.get(index);
    if (cached != null) {
      return cached;
    }
    Optional<RgbImage> photo = decode(files.get(index));
    long bytes = photo.map(p -> (long) p.data().length).orElse(0L);
    // Another thread may have decoded the same photo meanwhile: it is cached and counted once.
    if (cachedBytes.addAndGet(bytes) > budget || !decoded.compareAndSet(index, null, photo)) {
      cachedBytes.addAndGet(-bytes);
    }
    return photo;
  }

  private Optional<RgbImage> decode(Path file) {
    try {
      RgbImage photo = ImageFiles.read(file);
      if (Math.min(photo.width(), photo.height()) <= shorterSide) {
        return Optional.of(photo);
      }
      InputSize size = InputSize.of(photo.width(), photo.height(), shorterSide, 1);
      return Optional.of(Resizer.resize(photo, size.width(), size.height()));
    } catch (FileException e) {
      synchronized (unreadable) {
        unreadable.add(e.getMessage());
      }
      return Optional.empty();
    }
  }

  /** What is wrong with each photo found unreadable so far. */
  public List<String> unreadable() {
    synchronized (unreadable) {
      return List.copyOf(unreadable);
    }
  }
}
