package dev.deltadepth.datasets;

import dev.deltadepth.metrics.Region;
import dev.deltadepth.metrics.TruthKind;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** A data set that is read as distributed; {@link DataSets} lists all. */
public final class DataSetFormat {
  private final String name;
  private final String title;
  private final String layout;
  private final String source;
  private final Origin origin;
  private final Region region;
  private final Predicate<Path> isAt;
  private final BiFunction<Path, DataSetFormat, DataSet> opener;

  /**
   * A format.
   *
   * @param name its name on the command line
   * @param isAt whether a path looks like it
   * @param opener lists the files
   */
  DataSetFormat(
      String name,
      String title,
      String layout,
      String source,
      Origin origin,
      Region region,
      Predicate<Path> isAt,
      BiFunction<Path, DataSetFormat, DataSet> opener) {
    this.name = name;
    this.title = title;
    this.layout = layout;
    this.source = source;
    this.origin = origin;
    this.region = region;
    this.isAt = isAt;
    this.opener = opener;
  }

  /** What it is, on one line. */
  public String title() {
    return title;
  }

  /** The files that its folder must contain; names in capitals vary. */
  public String layout() {
    return layout;
  }

  /** Where to get it. */
  public String source() {
    return source;
  }

  /** Its licence and paper; empty for the user's own pictures. */
  public Origin origin() {
    return origin;
  }

  /** Which of its pixels count; for the user's own pictures the default. */
  public Region region() {
    return region;
  }

  /** The name on the command line: {@code nyu-filled}. */
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }

  boolean isAt(Path path) {
    return isAt.test(path);
  }

  DataSet open(Path path) {
    DataSet data = opener.apply(path, this);
    if (data.sets().stream().anyMatch(set -> set.count() == 0)) {
      data.close();
      throw new DatasetException(
          path + " has no pictures with ground truth: " + name + " needs " + layout);
    }
    return data;
  }

  /** A set with this format's origin and region, and ground truth in metres. */
  SampleSet set(String part, List<Sample> samples) {
    return new SampleSet(part, TruthKind.METRES, region, origin, samples);
  }

  /** A data set of one set of the same name. */
  DataSet dataSet(List<Sample> samples) {
    return DataSet.of(name, List.of(set(name, samples)));
  }

  /** Refuses an incomplete copy: its figures would be compared with those of a complete one. */
  void requireCount(List<Sample> samples, int count, Path folder) {
    if (samples.size() != count) {
      throw new DatasetException(
          folder
              + " has "
              + samples.size()
              + " pictures, but "
              + this
              + " has "
              + count
              + ": unpack it again; figures of a part are not comparable");
    }
  }
}
