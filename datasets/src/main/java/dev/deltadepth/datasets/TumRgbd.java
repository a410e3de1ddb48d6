package dev.deltadepth.datasets;

import dev.deltadepth.io.ImageFiles;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sequences of the TUM RGB-D benchmark (Sturm et al., IROS 2012): {@code rgb.txt} and {@code
 * depth.txt} list {@code timestamp file} per line; depths are 16-bit PNG, metres times 5000. The
 * two cameras are not synchronised, so a picture is paired with the depth nearest in time, at most
 * 0.02 s away; each is used once, nearest pairs first, as in the benchmark's own {@code
 * associate.py}.
 */
final class TumRgbd {
  private static final double STEPS_A_METRE = 5000;
  private static final BigDecimal FARTHEST_SECONDS = new BigDecimal("0.02");

  private TumRgbd() {}

  private record Pair(BigDecimal picture, BigDecimal depth) {
    BigDecimal apart() {
      return picture.subtract(depth).abs();
    }
  }

  static boolean isAt(Path folder) {
    return !Listing.scenes(folder, TumRgbd::isSequence).isEmpty();
  }

  /**
   * Lists a sequence, or a folder of them.
   *
   * @throws DatasetException if a list is damaged or a file is missing
   */
  static DataSet open(Path folder, DataSetFormat format) {
    List<Sample> samples = new ArrayList<>();
    for (Path sequence : Listing.scenes(folder, TumRgbd::isSequence)) {
      samples.addAll(sequence(sequence));
    }
    return format.dataSet(samples);
  }

  private static boolean isSequence(Path folder) {
    return Files.isRegularFile(folder.resolve("rgb.txt"))
        && Files.isRegularFile(folder.resolve("depth.txt"));
  }

  private static List<Sample> sequence(Path folder) {
    NavigableMap<BigDecimal, Path> pictures = times(folder.resolve("rgb.txt"));
    NavigableMap<BigDecimal, Path> depths = times(folder.resolve("depth.txt"));
    NavigableMap<BigDecimal, BigDecimal> pairs = pairs(pictures, depths);
    if (pairs.isEmpty()) {
      throw new DatasetException(
          folder + " has no picture with a depth within 0.02 s: copy it again");
    }
    String name = Listing.name(folder);
    List<Sample> samples = new ArrayList<>();
    pairs.forEach(
        (picture, depth) -> {
          Path image = existing(folder.resolve("rgb.txt"), pictures, picture);
          Path truth = existing(folder.resolve("depth.txt"), depths, depth);
          samples.add(
              Sample.of(
                      name + "/" + Listing.stem(Listing.name(image)),
                      image.toString(),
                      () -> ImageFiles.read(image),
                      () -> GreyDepth.metres(truth, STEPS_A_METRE))
                  .in(name));
        });
    return samples;
  }

  private static NavigableMap<BigDecimal, Path> times(Path list) {
    NavigableMap<BigDecimal, Path> files = new TreeMap<>();
    for (String line : Listing.lines(list)) {
      String[] parts = line.split("[\\s,]+");
      try {
        // A missing part and one that is not a number are the same mistake.
        files.put(time(parts[0]), list.resolveSibling(parts[1]));
      } catch (NumberFormatException | IndexOutOfBoundsException | InvalidPathException e) {
        throw new DatasetException(
            list + " has the line '" + line + "', which is not a time and a file: copy it again",
            e);
      }
    }
    return files;
  }

  /** Seconds with at most so many digits that differences of times stay small numbers. */
  private static BigDecimal time(String text) {
    BigDecimal time = new BigDecimal(text);
    if (Math.abs((long) time.scale()) > 30 || time.precision() > 40) {
      throw new NumberFormatException("no time in seconds: " + text);
    }
    return time;
  }

  private static NavigableMap<BigDecimal, BigDecimal> pairs(
      NavigableMap<BigDecimal, Path> pictures, NavigableMap<BigDecimal, Path> depths) {
    List<Pair> possible = new ArrayList<>();
    for (BigDecimal picture : pictures.keySet()) {
      depths
          .subMap(picture.subtract(FARTHEST_SECONDS), false, picture.add(FARTHEST_SECONDS), false)
          .keySet()
          .forEach(depth -> possible.add(new Pair(picture, depth)));
    }
    possible.sort(
        Comparator.comparing(Pair::apart).thenComparing(Pair::picture).thenComparing(Pair::depth));
    NavigableMap<BigDecimal, BigDecimal> pairs = new TreeMap<>();
    Set<BigDecimal> used = new HashSet<>();
    for (Pair pair : possible) {
      if (!pairs.containsKey(pair.picture()) && used.add(pair.depth())) {
        pairs.put(pair.picture(), pair.depth());
      }
    }
    return pairs;
  }

  private static Path existing(Path list, NavigableMap<BigDecimal, Path> files, BigDecimal time) {
    Path file = files.get(time);
    if (file == null || !Files.isRegularFile(file)) {
      throw new DatasetException(
          list + " names " + file + ", which does not exist: unpack the sequence again");
    }
    return file;
  }
}
