package dev.deltadepth.estimate;

import dev.deltadepth.io.map.DepthFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One photo and the files to write for it.
 *
 * @param photo to estimate
 * @param outputs the file of each format, or {@link #STANDARD_OUTPUT}
 */
public record EstimateJob(PhotoFiles.Photo photo, Map<DepthFormat, Path> outputs) {

  /** Stands for standard output. */
  public static final Path STANDARD_OUTPUT = Path.of(FetchedPhotos.STANDARD);

  /** What becomes of a photo whose output exists. */
  public enum Existing {
    /** It is reported and left out. */
    REPORT,
    /** The output is replaced. */
    REPLACE,
    /** Only the outputs that are missing are written. */
    KEEP
  }

  /**
   * Where maps go.
   *
   * @param target the folder for all outputs; if empty, they go beside their photos
   * @param formats of the maps
   * @param existing what becomes of outputs that exist
   */
  public record Outputs(Optional<Path> target, Set<DepthFormat> formats, Existing existing) {

    /** Copies the set. */
    public Outputs {
      formats = Set.copyOf(formats);
    }

    /** Whether the only map goes to standard output. */
    public boolean isStandardOutput() {
      return target.equals(Optional.of(STANDARD_OUTPUT));
    }

    /**
     * Whether the target is a file or standard output: it is no folder, and is named like the only
     * format's files.
     */
    public boolean isFile() {
      return isStandardOutput() || isNamedFile();
    }

    private boolean isNamedFile() {
      return target.isPresent()
          && formats.size() == 1
          && !Files.isDirectory(target.get())
          && formats.iterator().next().isNameOf(target.get());
    }

    private Path output(PhotoFiles.Photo photo, DepthFormat format) {
      if (isFile()) {
        return target.orElseThrow();
      }
      Path folder = target.map(path -> path.resolve(photo.folder())).orElse(photo.home());
      return folder.resolve(format.fileName(String.valueOf(photo.file().getFileName())));
    }
  }

  /**
   * The jobs for the photos. A photo is reported and left out if one of its outputs exists or
   * belongs to another photo.
   *
   * @param listener is told why a photo is left out
   */
  public static List<EstimateJob> plan(
      List<PhotoFiles.Photo> photos, Outputs outputs, PhotoFiles.Listener listener) {
    Map<Path, Path> taken = new HashMap<>();
    List<EstimateJob> jobs = new ArrayList<>();
    int kept = 0;
    for (PhotoFiles.Photo photo : photos) {
      Map<DepthFormat, Path> files = new EnumMap<>(DepthFormat.class);
      Optional<String> problem = Optional.empty();
      for (DepthFormat format : outputs.formats()) {
        Path output = outputs.output(photo, format);
        Path other = taken.get(output.toAbsolutePath().normalize());
        boolean exists = !outputs.isStandardOutput() && Files.exists(output);
        if (isSame(output, photo.file())) {
          problem =
              Optional.of(
                  "%s: its map would have its own name; choose another folder with -o"
                      .formatted(photo.shown()));
        } else if (other != null) {
          problem =
              Optional.of(
                  "%s: %s is already the output of %s; estimate it separately, with another folder for -o"
                      .formatted(photo.shown(), output, other));
        } else if (exists && outputs.existing() == Existing.REPORT && problem.isEmpty()) {
          problem =
              Optional.of(
                  "%s: %s exists; use --overwrite or --skip-existing, or choose another folder with -o"
                      .formatted(photo.shown(), output));
        } else if (!exists || outputs.existing() != Existing.KEEP) {
          files.put(format, output);
        }
      }
      if (problem.isPresent()) {
        listener.problem(problem.get());
      } else if (files.isEmpty()) {
        kept++;
      } else {
        files
            .values()
            .forEach(output -> taken.put(output.toAbsolutePath().normalize(), photo.file()));
        jobs.add(new EstimateJob(photo, files));
      }
    }
    if (kept > 0) {
      listener.note(
          kept + (kept == 1 ? " photo has its map" : " photos have their maps") + " already");
    }
    return jobs;
  }

  private static boolean isSame(Path output, Path photo) {
    return output.toAbsolutePath().normalize().equals(photo.toAbsolutePath().normalize());
  }
}
