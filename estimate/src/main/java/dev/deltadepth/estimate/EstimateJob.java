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
 * One photo and the files that are to come out of it.
 *
 * @param photo the picture's file
 * @param outputs where each format goes
 */
public record EstimateJob(Path photo, Map<DepthFormat, Path> outputs) {

  /**
   * The jobs for the photos. A photo whose output exists, or is another photo's output already, is
   * reported and left out.
   *
   * @param target the folder that takes all outputs; without one they go beside their photos
   * @param overwrite whether outputs that exist are replaced
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
                  photo.file()
                      + ": its output "
                      + output
                      + " is that of "
                      + other
                      + " too; do it on its own, with another folder for -o");
        } else if (problem.isEmpty() && !overwrite && Files.exists(output)) {
          problem =
              Optional.of(
                  photo.file()
                      + ": "
                      + output
                      + " exists already; add --overwrite to replace it, or another folder with"
                      + " -o");
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
