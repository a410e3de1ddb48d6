package dev.deltadepth.datasets;

import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lists the folders and files of a data set, always sorted by name. */
final class Listing {
  private Listing() {}

  /** The folders in a folder, without hidden ones; none if the folder does not exist. */
  static List<Path> folders(Path folder) {
    return Files.isDirectory(folder)
        ? list(folder).stream().filter(Files::isDirectory).toList()
        : List.of();
  }

  /** The pictures in a folder by their names without extension. */
  static SortedMap<String, Path> images(Path folder) {
    SortedMap<String, Path> files = new TreeMap<>();
    list(folder).stream()
        .filter(ImageFiles::isImage)
        .forEach(file -> files.put(stem(name(file)), file));
    return files;
  }

  /**
   * The folder itself if it is of a kind, else the folders in it that are: many sets come as one
   * folder per scene, and a single scene is a set, too.
   */
  static List<Path> scenes(Path folder, Predicate<Path> isScene) {
    return isScene.test(folder)
        ? List.of(folder)
        : folders(folder).stream().filter(isScene).toList();
  }

  /** The lines of a text file, trimmed, without empty lines and comments (#). */
  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (MalformedInputException e) {
      throw new DatasetException(file + " is not a text file: copy it again", e);
    } catch (IOException e) {
      throw new DatasetException("cannot read " + file + ": copy the evaluation data again", e);
    }
  }

  /** The last part of a path; for the working folder, its own name. */
  static String name(Path path) {
    return String.valueOf(path.toAbsolutePath().normalize().getFileName());
  }

  /** A file's name without its extension. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> listed = Files.list(folder)) {
      return listed.filter(file -> !name(file).startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw new DatasetException("cannot list " + folder + ": copy the evaluation data again", e);
    }
  }
}
