package dev.deltadepth.estimate;

import dev.deltadepth.io.DepthFormat;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the photos that the inputs stand for. Folders and patterns give pictures by their
 * extension, never the pictures that {@code estimate} wrote; a file that is named is always taken.
 */
public final class PhotoFiles {
  private final Consumer<String> problems;

  /** By absolute path, so that a photo that two inputs give is done once. */
  private final Map<Path, Photo> found = new LinkedHashMap<>();

  private PhotoFiles(Consumer<String> problems) {
    this.problems = problems;
  }

  /**
   * A photo to be done.
   *
   * @param file where it is
   * @param folder its folder below the folder that was given, empty if the file itself was given
   */
  public record Photo(Path file, Path folder) {}

  /**
   * The photos in the order of the inputs, those of a folder or a pattern sorted.
   *
   * @param inputs files, folders and patterns
   * @param problems is told of each input that gives nothing
   */
  public static List<Photo> of(List<String> inputs, Consumer<String> problems) {
    PhotoFiles photos = new PhotoFiles(problems);
    inputs.forEach(photos::add);
    return new ArrayList<>(photos.found.values());
  }

  private void add(String input) {
    Path path;
    try {
      path = Path.of(input);
      if (Files.isDirectory(path)) {
        addFolder(path);
        return;
      }
      if (Files.exists(path) || !isPattern(input)) {
        add(path, Path.of(""));
        return;
      }
    } catch (InvalidPathException e) {
      if (!isPattern(input)) {
        problems.accept(input + " is not a file name here: " + e.getReason());
        return;
      }
    }
    addPattern(input);
  }

  private void addFolder(Path folder) {
    List<Path> pictures = walk(folder, file -> true);
    if (pictures.isEmpty()) {
      problems.accept(
          folder
              + " holds no pictures; give a folder with files that end in "
              + String.join(", ", ImageFiles.extensions()));
    }
    pictures.forEach(picture -> add(picture, below(folder, picture)));
  }

  private void addPattern(String pattern) {
    int wildcard = firstWildcard(pattern);
    int separator =
        Math.max(
            pattern.lastIndexOf('/', wildcard),
            pattern.lastIndexOf(FileSystems.getDefault().getSeparator(), wildcard));
    Path base = Path.of(pattern.substring(0, separator + 1));
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(separator + 1));
    } catch (PatternSyntaxException e) {
      problems.accept(pattern + " is not a pattern: " + e.getDescription());
      return;
    }
    Path start = base.toString().isEmpty() ? Path.of(".") : base;
    List<Path> pictures =
        Files.isDirectory(start)
            ? walk(start, file -> matcher.matches(start.relativize(file)))
            : List.of();
    if (pictures.isEmpty()) {
      problems.accept("no picture matches " + pattern + "; check the pattern");
    }
    for (Path picture : pictures) {
      Path relative = start.relativize(picture);
      add(base.resolve(relative), below(start, picture));
    }
  }

  private void add(Path file, Path folder) {
    found.putIfAbsent(file.toAbsolutePath().normalize(), new Photo(file, folder));
  }

  private static Path below(Path folder, Path file) {
    Path parent = folder.relativize(file).getParent();
    return parent == null ? Path.of("") : parent;
  }

  /** All pictures below a folder, sorted; what cannot be looked into is reported and left out. */
  private List<Path> walk(Path folder, Predicate<Path> wanted) {
    List<Path> pictures = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              boolean hidden =
                  !dir.equals(folder) && String.valueOf(dir.getFileName()).startsWith(".");
              return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()
                  && ImageFiles.isImage(file)
                  && !isOutput(file)
                  && wanted.test(file)) {
                pictures.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              problems.accept(
                  file
                      + " cannot be looked into; check its permissions, or that its link is right");
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      problems.accept(folder + " cannot be listed: " + e.getMessage());
    }
    Collections.sort(pictures);
    return pictures;
  }

  /** Whether a file is named like a picture that {@code estimate} writes. */
  private static boolean isOutput(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (DepthFormat format : DepthFormat.values()) {
      if (name.endsWith(format.suffix())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPattern(String input) {
    return firstWildcard(input) >= 0;
  }

  private static int firstWildcard(String input) {
    for (int i = 0; i < input.length(); i++) {
      if ("*?[{".indexOf(input.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
