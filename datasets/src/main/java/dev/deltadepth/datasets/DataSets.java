package dev.deltadepth.datasets;

import java.nio.file.Path;

/** Opens evaluation data. */
public final class DataSets {
  private DataSets() {}

  /**
   * Opens a data set that lies in a folder; reads no picture.
   *
   * @throws DatasetException if it is not recognised, or files are missing
   */
  public static DataSet open(Path path) {
    return PairFolder.open(path);
  }
}
