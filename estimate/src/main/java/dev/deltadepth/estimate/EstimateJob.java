package dev.deltadepth.estimate;

import dev.deltadepth.io.DepthFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One photo and the files to write for it.
 *
 * @param photo the file of the photo
 * @param outputs the file of each format
 */
public record EstimateJob(Path photo, Map<DepthFormat, Path> outputs) {

  /**
   * The jobs for the photos. A photo is reported and left out if one of its outputs exists or
   * belongs to another photo.
   *
   * @param target the folder for all outputs; if empty, they go beside their photos
   * @param overwrite whether existing outputs are replaced
   * @param problems is told why a photo is left out
   */
  public static List<EstimateJob> plan(
      List<PhotoFiles.Photo> photos,
      Optional<Path> target,
      Set<DepthFormat> formats,
      boolean overwrite,
      Consumer<String> problems) {
    Map<Path, Path> taken = new HashMap<>();
    List<EstimateJob> jobs = new ArrayList<>();
    for (PhotoFiles.Photo photo : photos) {
      Path folder =
          target.map(path -> path.resolve(photo.folder())).orElse(photo.file().resolveSibling(""));
      Map<DepthFormat, Path> outputs = new EnumMap<>(DepthFormat.class);
      Optional<String> problem = Optional.empty();
      for (DepthFormat format : formats) {
        Path output = folder.resolve(format.fileName(String.valueOf(photo.file().getFileName())));
        outputs.put(format, output);
        Path other = taken.get(output.toAbsolutePath().normalize());
        if (other != null) {
          problem =
              Optional.of(
                  "%s: %s is already the output of %s; estimate it separately, with another folder for -o"
                      .formatted(photo.file(), output, other));
        } else if (problem.isEmpty() && !overwrite && Files.exists(output)) {
          problem =
              Optional.of(
                  "%s: %s exists; use --overwrite to replace it, or choose another folder with -o"
                      .formatted(photo.file(), output));
        }
      }
      if (problem.isPresent()) {
        problems.accept(problem.get());
      } else {
        outputs
            .values()
            .forEach(output -> taken.put(output.toAbsolutePath().normalize(), photo.file()));
        jobs.add(new EstimateJob(photo.file(), outputs));
      }
    }
    return jobs;
  }
}
