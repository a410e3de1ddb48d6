package dev.deltadepth.estimate;

import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.PictureKind;
import dev.deltadepth.io.map.DepthFormat;
import dev.deltadepth.io.space.ObjFile;
import dev.deltadepth.io.view.FrameFolder;
import dev.deltadepth.io.view.PictureFile;
import java.io.IOException;
import java.nio.file.FileSystem;
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
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * Finds the photos that inputs name. Folders and patterns find images by their extension and leave
 * out the maps that {@code estimate} wrote, and what was drawn from them; a file or a folder given
 * by name is always included.
 */
public final class PhotoFiles {
  /** Whether Java reads and writes names of files in UTF-8. */
  private static final boolean UTF_8 =
      System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase("UTF-8");

  private final Listener listener;

  /** By absolute path, so that a photo that two inputs name is included once. */
  private final Map<Path, Photo> found = new LinkedHashMap<>();

  private PhotoFiles(Listener listener) {
    this.listener = listener;
  }

  /** Told about what is not found. */
  @FunctionalInterface
  public interface Listener {
    /** An input has no photos, or cannot be read. */
    void problem(String message);

    /** Files were left out that may be photos. */
    default void note(String message) {}
  }

  /**
   * A photo.
   *
   * @param file its file
   * @param folder its folder, relative to the input folder; empty if the file itself was given
   * @param shown its name in messages
   * @param home where its maps go if no folder is named
   */
  public record Photo(Path file, Path folder, String shown, Path home) {

    /** A photo that has its maps beside it. */
    public Photo(Path file, Path folder) {
      this(file, folder, file.toString(), file.resolveSibling(""));
    }
  }

  /**
   * The photos in the order of the inputs; those of a folder or pattern are sorted.
   *
   * @param inputs files, folders and patterns
   * @param listener is told about each input without photos
   */
  public static List<Photo> of(List<String> inputs, Listener listener) {
    PhotoFiles photos = new PhotoFiles(listener);
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
        listener.problem("'" + input + "' is not a valid file name: " + e.getReason());
        return;
      }
    }
    addPattern(input);
  }

  private void addFolder(Path folder) {
    List<Path> images = walk(folder, file -> true);
    if (images.isEmpty()) {
      listener.problem(
          "%s contains no images; they must end in %s"
              .formatted(folder, String.join(", ", ImageFiles.extensions())));
    }
    images.forEach(picture -> add(picture, below(folder, picture)));
  }

  private void addPattern(String input) {
    int begin = firstWildcard(input);
    // A folder may be called "Trip [2024]": what exists is no pattern.
    for (int slash = input.indexOf('/', begin); slash > 0; slash = input.indexOf('/', slash + 1)) {
      if (isFolder(input.substring(0, slash)) && isPattern(input.substring(slash))) {
        begin = slash + firstWildcard(input.substring(slash));
      }
    }
    int separator = separatorBefore(input, begin);
    Path base = Path.of(input.substring(0, separator + 1));
    PathMatcher matcher;
    try {
      matcher = matcher(input.substring(separator + 1));
    } catch (PatternSyntaxException e) {
      listener.problem("invalid pattern '" + input + "': " + e.getDescription());
      return;
    }
    Path start = base.toString().isEmpty() ? Path.of(".") : base;
    List<Path> images =
        Files.isDirectory(start)
            ? walk(start, file -> matcher.matches(start.relativize(file)))
            : List.of();
    if (images.isEmpty()) {
      listener.problem("no image matches '" + input + "'");
    }
    for (Path picture : images) {
      Path relative = start.relativize(picture);
      add(base.resolve(relative), below(start, picture));
    }
  }

  /** Two stars and a slash stand for any number of folders, none included. */
  private static PathMatcher matcher(String glob) {
    FileSystem files = FileSystems.getDefault();
    try {
      return files.getPathMatcher("glob:" + glob.replace("**/", "{,**/}"));
    } catch (PatternSyntaxException e) {
      // Braces cannot be nested: within others, they stand for at least one folder.
      return files.getPathMatcher("glob:" + glob);
    }
  }

  private static boolean isFolder(String path) {
    try {
      return Files.isDirectory(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static int separatorBefore(String input, int index) {
    return Math.max(
        input.lastIndexOf('/', index),
        input.lastIndexOf(FileSystems.getDefault().getSeparator(), index));
  }

  private void add(Path file, Path folder) {
    if (!canBeNamed(file)) {
      listener.problem(
          file
              + (UTF_8
                  ? ": this name is not UTF-8; rename the file"
                  : ": Java cannot write this name because there is no UTF-8 locale; set"
                      + " LC_ALL=C.UTF-8"));
      return;
    }
    found.putIfAbsent(file.toAbsolutePath().normalize(), new Photo(file, folder));
  }

  /** Whether a file beside it can be named like it: in a listing, any bytes are a name. */
  private static boolean canBeNamed(Path file) {
    try {
      return Path.of(file.toString()).equals(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Path below(Path folder, Path file) {
    Path parent = folder.relativize(file).getParent();
    return parent == null ? Path.of("") : parent;
  }

  /** All images below a folder, sorted; what cannot be read is reported and left out. */
  private List<Path> walk(Path folder, Predicate<Path> wanted) {
    List<Path> images = new ArrayList<>();
    Map<String, Integer> skipped = new TreeMap<>();
    try {
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              boolean leftOut =
                  String.valueOf(dir.getFileName()).startsWith(".") || FrameFolder.isDrawn(dir);
              return leftOut && !dir.equals(folder)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (!isOutput(file) && wanted.test(file)) {
                if (attributes.isRegularFile() && ImageFiles.isImage(file)) {
                  images.add(file);
                } else {
                  leftOut(file, attributes).ifPresent(kind -> skipped.merge(kind, 1, Integer::sum));
                }
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              listener.problem(
                  "cannot read " + file + "; check its permissions, or the target of its link");
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      listener.problem("cannot list " + folder + ": " + e.getMessage());
    }
    Collections.sort(images);
    if (!skipped.isEmpty()) {
      listener.note(
          folder
              + ": skipped what is not read from folders: "
              + skipped.entrySet().stream()
                  .map(kind -> counted(kind.getValue(), kind.getKey()))
                  .collect(Collectors.joining(", ")));
    }
    return images;
  }

  /** What to call a file that may be a photo but is not read; empty if it is something else. */
  private static Optional<String> leftOut(Path file, BasicFileAttributes attributes) {
    if (String.valueOf(file.getFileName()).startsWith(".")) {
      return Optional.empty();
    }
    // Links are followed: one that is seen leads nowhere, perhaps to a folder of photos.
    if (attributes.isSymbolicLink()) {
      return Optional.of("broken link");
    }
    boolean picture = ImageFiles.kind(file) != PictureKind.UNKNOWN;
    return picture
        ? Optional.of(attributes.isRegularFile() ? extension(file) : "special file")
        : Optional.empty();
  }

  private static String counted(int count, String kind) {
    boolean several = count > 1 && !kind.startsWith(".");
    return count + " " + kind + (several ? "s" : "");
  }

  private static String extension(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.'));
  }

  /** Whether a file is named like a map that {@code estimate} writes, or like what maps give. */
  private static boolean isOutput(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (DepthFormat format : DepthFormat.values()) {
      if (name.endsWith(format.suffix())) {
        return true;
      }
    }
    return name.endsWith(ObjFile.TEXTURE) || PictureFile.isDrawn(file);
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
