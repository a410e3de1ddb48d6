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
 * Finds the photos that inputs name. Folders and patterns find images by their extension and leave
 * out the maps that {@code estimate} wrote; a file given by name is always included.
 */
public final class PhotoFiles {
  private final Consumer<String> problems;

  /** By absolute path, so that a photo that two inputs name is included once. */
  private final Map<Path, Photo> found = new LinkedHashMap<>();

  private PhotoFiles(Consumer<String> problems) {
    this.problems = problems;
  }

  /**
   * A photo.
   *
   * @param file its file
   * @param folder its folder, relative to the input folder; empty if the file itself was given
   */
  public record Photo(Path file, Path folder) {}

  /**
   * The photos in the order of the inputs; those of a folder or pattern are sorted.
   *
   * @param inputs files, folders and patterns
   * @param problems is told about each input without photos
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
        problems.accept("'" + input + "' is not a valid file name: " + e.getReason());
        return;
      }
    }
    addPattern(input);
  }

  private void addFolder(Path folder) {
    List<Path> images = walk(folder, file -> true);
    if (images.isEmpty()) {
      problems.accept(
          "%s contains no images; they must end in %s"
              .formatted(folder, String.join(", ", ImageFiles.extensions())));
    }
    images.forEach(picture -> add(picture, below(folder, picture)));
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
      problems.accept("invalid pattern '" + pattern + "': " + e.getDescription());
      return;
    }
    Path start = base.toString().isEmpty() ? Path.of(".") : base;
    List<Path> images =
        Files.isDirectory(start)
            ? walk(start, file -> matcher.matches(start.relativize(file)))
            : List.of();
    if (images.isEmpty()) {
      problems.accept("no image matches '" + pattern + "'");
    }
    for (Path picture : images) {
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

  /** All images below a folder, sorted; what cannot be read is reported and left out. */
  private List<Path> walk(Path folder, Predicate<Path> wanted) {
    List<Path> images = new ArrayList<>();
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
                images.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              problems.accept(
                  "cannot read " + file + "; check its permissions, or the target of its link");
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      problems.accept("cannot list " + folder + ": " + e.getMessage());
    }
    Collections.sort(images);
    return images;
  }

  /** Whether a file is named like a map that {@code estimate} writes. */
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
