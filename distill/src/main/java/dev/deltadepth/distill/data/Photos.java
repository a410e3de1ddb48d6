package dev.deltadepth.distill.data;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.datasets.DatasetException;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of photos. Photos are decoded on first use and cached until the memory budget is used up.
 * Unreadable photos are recorded once and skipped. Safe for use by several threads.
 */
public final class Photos {

  private final List<Entry> entries;
  private final int shorterSide;
  private final Cache<Integer, Optional<RgbImage>> decoded;
  private final Set<String> unreadable = new LinkedHashSet<>();

  private Photos(List<Entry> entries, int shorterSide, MemoryBudget budget) {
    this.entries = List.copyOf(entries);
    this.shorterSide = shorterSide;
    this.decoded = new Cache<>(budget, photo -> photo.map(p -> p.data().length).orElse(0));
  }

  /**
   * One photo.
   *
   * @param source its file, or the file and the place in it
   * @param contentHash SHA-256, in hex, of its content, by which labels are found
   * @param image reads it
   */
  public record Entry(String source, String contentHash, Supplier<RgbImage> image) {

    /** A photo in a file. */
    static Entry of(Path file) {
      return new Entry(file.toString(), Sha256.of(file), () -> ImageFiles.read(file));
    }

    /** The hash's first four bytes as a share of their range, 0 to below 1: random but stable. */
    private double share() {
      return Long.parseLong(contentHash.substring(0, 8), 16) / (double) (1L << 32);
    }
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
   * @param folders to search; a file stands for itself
   * @param validation share of photos to hold out, 0 to 1
   * @param shorterSide larger photos are reduced to this shorter side, in pixels
   * @param budget for decoded photos
   * @throws DistillException if a folder does not exist or contains no photos, or none is left for
   *     training
   */
  public static Split find(
      List<Path> folders, double validation, int shorterSide, MemoryBudget budget) {
    Split split =
        split(
            folders.stream().flatMap(folder -> list(folder).stream()).map(Entry::of).toList(),
            validation,
            shorterSide,
            budget);
    if (split.training().count() == 0) {
      throw noPhotos(folders.get(0));
    }
    return split;
  }

  /**
   * Splits photos in two. If any are to be held out, at least one of two or more is.
   *
   * @param entries of any origin
   * @param validation share of photos to hold out, 0 to 1
   * @param shorterSide larger photos are reduced to this shorter side, in pixels
   * @param budget for decoded photos
   */
  public static Split split(
      List<Entry> entries, double validation, int shorterSide, MemoryBudget budget) {
    // Of a few photos perhaps none has a small hash: then the one with the smallest is held out.
    double smallest = entries.stream().mapToDouble(Entry::share).min().orElse(1);
    double below =
        validation > 0 && smallest >= validation && entries.size() > 1
            ? Math.nextUp(smallest)
            : validation;
    Map<Boolean, List<Entry>> heldOut =
        entries.stream().collect(Collectors.partitioningBy(entry -> entry.share() < below));
    return new Split(
        new Photos(heldOut.getOrDefault(false, List.of()), shorterSide, budget),
        new Photos(heldOut.getOrDefault(true, List.of()), shorterSide, budget));
  }

  private static DistillException noPhotos(Path folder) {
    return new DistillException(folder + " contains no photos to train on; choose another folder");
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> found =
          walk.filter(ImageFiles::isImage).filter(Files::isRegularFile).sorted().toList();
      if (found.isEmpty()) {
        throw noPhotos(folder);
      }
      return found;
    } catch (IOException | UncheckedIOException e) {
      throw new DistillException(
          "cannot search "
              + folder
              + " for photos; it must be a folder, without links to folders that contain it",
          e);
    }
  }

  /** Number of photos, readable or not. */
  public int count() {
    return entries.size();
  }

  /** SHA-256, in hex, over the SHA-256 of every photo, in the order of their paths. */
  public String contentHash() {
    return Sha256.ofHashes(entries.stream().map(Entry::contentHash).toList());
  }

  /** SHA-256, in hex, of the photo at an index. */
  public String contentHash(int index) {
    return entries.get(index).contentHash();
  }

  /** The file of the photo at an index, or the file and the place in it. */
  public String source(int index) {
    return entries.get(index).source();
  }

  /** The photo at an index; empty if it is unreadable. */
  public Optional<RgbImage> photo(int index) {
    return decoded.get(index, () -> decode(entries.get(index)));
  }

  /** The whole photo at an index as a window; empty if it is unreadable. */
  public Optional<Window> whole(int index) {
    return photo(index).map(photo -> Window.whole(contentHash(index), photo));
  }

  private Optional<RgbImage> decode(Entry entry) {
    try {
      RgbImage photo = entry.image().get();
      if (Math.min(photo.width(), photo.height()) <= shorterSide) {
        return Optional.of(photo);
      }
      InputSize size = InputSize.of(photo.width(), photo.height(), shorterSide, 1);
      return Optional.of(Resizer.resize(photo, size.width(), size.height()));
    } catch (FileException | DatasetException e) {
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
