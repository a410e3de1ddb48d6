package dev.deltadepth.estimate.view;

import dev.deltadepth.estimate.EstimateJob.Existing;
import dev.deltadepth.estimate.PhotoFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One photo and the files to draw from it and its map.
 *
 * @param photo to draw from
 * @param outputs the file for each suffix
 */
public record ViewJob(PhotoFiles.Photo photo, Map<String, Path> outputs) {

  /**
   * Where files go.
   *
   * @param target the folder for all, or the file for one photo and one suffix; if empty, they go
   *     beside their photos
   * @param suffixes what follows the photo's stem in the names, such as {@code .sbs.jpg}
   * @param endings of the names that a single file may have, such as {@code .png}
   * @param existing what becomes of files that exist
   */
  public record Outputs(
      Optional<Path> target, List<String> suffixes, List<String> endings, Existing existing) {

    /** Copies the lists. */
    public Outputs {
      suffixes = suffixes.stream().distinct().toList();
      endings = List.copyOf(endings);
    }

    /** Whether the target is a file: it is no folder and is named like one. */
    public boolean isFile() {
      if (target.isEmpty() || suffixes.size() != 1 || Files.isDirectory(target.get())) {
        return false;
      }
      String name = String.valueOf(target.get().getFileName()).toLowerCase(Locale.ROOT);
      return endings.stream().anyMatch(name::endsWith);
    }

    private Path output(PhotoFiles.Photo photo, String suffix) {
      if (isFile()) {
        return target.orElseThrow();
      }
      String name = String.valueOf(photo.file().getFileName());
      int dot = name.lastIndexOf('.');
      Path folder = target.map(path -> path.resolve(photo.folder())).orElse(photo.home());
      return folder.resolve((dot > 0 ? name.substring(0, dot) : name) + suffix);
    }
  }

  /**
   * The jobs for the photos. A photo is reported and left out if one of its files exists or belongs
   * to another photo.
   *
   * @param listener is told why a photo is left out
   */
  public static List<ViewJob> plan(
      List<PhotoFiles.Photo> photos, Outputs outputs, PhotoFiles.Listener listener) {
    Map<Path, String> taken = new HashMap<>();
    List<ViewJob> jobs = new ArrayList<>();
    int kept = 0;
    for (PhotoFiles.Photo photo : photos) {
      Map<String, Path> files = new LinkedHashMap<>();
      Optional<String> problem = Optional.empty();
      for (String suffix : outputs.suffixes()) {
        Path output = outputs.output(photo, suffix);
        String other = taken.get(absolute(output));
        boolean exists = Files.exists(output);
        if (absolute(output).equals(absolute(photo.file()))) {
          problem = Optional.of("would be replaced by its own picture");
        } else if (other != null) {
          problem = Optional.of(output + " is already the output of " + other);
        } else if (exists && outputs.existing() == Existing.REPORT) {
          problem = Optional.of(output + " exists; use --overwrite or --skip-existing");
        } else if (!exists || outputs.existing() == Existing.REPLACE) {
          files.put(suffix, output);
        }
      }
      if (problem.isPresent()) {
        listener.problem(
            photo.shown() + ": " + problem.get() + ", or choose another folder with -o");
      } else if (files.isEmpty()) {
        kept++;
      } else {
        files.values().forEach(output -> taken.put(absolute(output), photo.shown()));
        jobs.add(new ViewJob(photo, files));
      }
    }
    if (kept > 0) {
      listener.note(kept + (kept == 1 ? " photo is" : " photos are") + " done already");
    }
    return jobs;
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
