package dev.deltadepth.datasets;

import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;

/** Reads MATLAB files before 7.3 (level 5). */
final class MatFiles {
  private MatFiles() {}

  /**
   * Reads a file completely.
   *
   * @throws DatasetException if it is missing, damaged or of another format
   */
  static MatFile read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(file + " does not exist: copy the evaluation data again");
    }
    try (Source source = Sources.wrap(MatElements.checked(ImageFiles.content(file)))) {
      return Mat5.newReader(source).readMat();
    } catch (FileException e) {
      throw new DatasetException("in the evaluation data: " + e.getMessage(), e);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // The reader fails on damaged files in every way.
      throw DatasetException.of(
          file.toString(), " is not a MATLAB file of level 5, or is cut off: copy it again", e);
    }
  }
}
