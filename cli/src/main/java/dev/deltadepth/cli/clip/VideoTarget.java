package dev.deltadepth.cli.clip;

import dev.deltadepth.cli.option.OverwriteOption;
import dev.deltadepth.io.FileException;
import dev.deltadepth.video.clip.ClipFormat;
import dev.deltadepth.video.read.ClipSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a clip becomes, and where.
 *
 * @param where the file, or the folder of frames; empty where it has to be said with {@code -o}
 */
record VideoTarget(ClipFormat format, Optional<Path> where) {
  /**
   * The target of an input.
   *
   * @param output what {@code -o} says
   * @param only whether there is no other input: otherwise the output is the folder for all
   * @param asked what {@code -f} says
   */
  static VideoTarget of(
      ClipSource source, Optional<Path> output, boolean only, Optional<ClipFormat> asked) {
    ClipFormat format = asked.orElse(only ? implied(output) : ClipFormat.DEPTH);
    String name = name(source, format);
    if (output.isEmpty()) {
      return new VideoTarget(
          format,
          hasFile(source) ? Optional.of(Path.of(source.text()).resolveSibling(name)) : output);
    }
    Path given = output.get();
    if (!only) {
      try {
        Files.createDirectories(given);
      } catch (IOException e) {
        throw new FileException(
            "cannot create the folder " + given + "; choose another one with -o", e);
      }
      return new VideoTarget(format, Optional.of(given.resolve(name)));
    }
    boolean inside = !format.isFolder() && Files.isDirectory(given);
    return new VideoTarget(format, Optional.of(inside ? given.resolve(name) : given));
  }

  private static ClipFormat implied(Optional<Path> output) {
    // A name with an ending is meant as a video, if of an unknown kind.
    return output.isPresent()
            && (Files.isDirectory(output.get())
                || !String.valueOf(output.get().getFileName()).matches(".*\\.\\w{1,5}"))
        ? ClipFormat.PNG16
        : ClipFormat.DEPTH;
  }

  private static boolean hasFile(ClipSource source) {
    return source.kind() == ClipSource.Kind.FILE || source.kind() == ClipSource.Kind.PICTURES;
  }

  private static String name(ClipSource source, ClipFormat format) {
    String name =
        hasFile(source)
            ? String.valueOf(Path.of(source.text()).toAbsolutePath().normalize().getFileName())
            : source.text().replaceAll("[^A-Za-z0-9.]+", "-");
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    if (source.kind() == ClipSource.Kind.PICTURES) {
      // The place of their numbers.
      stem = stem.replaceAll("[_-]?%\\d*d", "");
    }
    String ending = format == ClipFormat.DEPTH16 ? ".mkv" : format.isFolder() ? "" : ".mp4";
    return (stem.isEmpty() ? "pictures" : stem) + "." + format.label() + ending;
  }

  boolean needsOutput() {
    return where.isEmpty();
  }

  Path path() {
    return where.orElseThrow();
  }

  /**
   * Refuses to replace what is there, unless the user allows it.
   *
   * @throws FileException if it must stay
   */
  void requireFree(OverwriteOption overwrite) {
    if (!format.isFolder()) {
      overwrite.requireFree(path());
      return;
    }
    if (overwrite.on() || !Files.isDirectory(path())) {
      return;
    }
    try (Stream<Path> files = Files.list(path())) {
      if (files.anyMatch(file -> file.getFileName().toString().startsWith("frame-"))) {
        throw new FileException(
            path() + " holds frames; use --overwrite to replace them, or --resume to go on");
      }
    } catch (IOException e) {
      throw FileException.unreadable(path(), e);
    }
  }
}
