package dev.deltadepth.datasets;

import dev.deltadepth.metrics.Region;
import dev.deltadepth.metrics.TruthKind;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** A data set that is read as it is distributed; {@link DataSets} has them. */
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
   * @param name on the command line
   * @param isAt whether a path looks like it
   * @param opener lists what is there
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

  /** What it is, in a line. */
  public String title() {
    return title;
  }

  /** What has to lie in its folder; names in capitals vary. */
  public String layout() {
    return layout;
  }

  /** Where to get it. */
  public String source() {
    return source;
  }

  /** Its licence and paper; of one's own pictures, empty. */
  public Origin origin() {
    return origin;
  }

  /** Which of its pixels count; of one's own pictures, unless their description says otherwise. */
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
          path + " has no picture with ground truth: " + name + " needs " + layout);
    }
    return data;
  }

  /** A set of this format's origin and region; its ground truth is in metres. */
  SampleSet set(String part, List<Sample> samples) {
    return new SampleSet(part, TruthKind.METRES, region, origin, samples);
  }

  /** A data set of one set, of its own name. */
  DataSet dataSet(List<Sample> samples) {
    return DataSet.of(name, List.of(set(name, samples)));
  }

  /**
   * Refuses a copy that lacks pictures: its figures would be compared with those of a whole one.
   */
  void requireCount(List<Sample> samples, int count, Path folder) {
    if (samples.size() != count) {
      throw new DatasetException(
          folder
              + " has "
              + samples.size()
              + " pictures where "
              + this
              + " has "
              + count
              + ": unpack it again; figures of a part cannot be compared with those of the whole");
    }
  }
}
