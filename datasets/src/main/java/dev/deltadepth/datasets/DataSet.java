package dev.deltadepth.datasets;

import java.util.List;
import java.util.function.Predicate;

/**
 * Evaluation data: one or several sets, each measured separately. {@link DataSets} opens well-known
 * ones; your own needs only its samples:
 *
 * <pre>{@code
 * List<Sample> samples = new ArrayList<>();
 * for (Path photo : photos) {
 *   Path depth = photo.resolveSibling(photo.getFileName() + ".pfm");
 *   samples.add(
 *       Sample.of(
 *           photo.getFileName().toString(),
 *           photo.toString(),
 *           () -> ImageFiles.read(photo),
 *           () -> PfmFile.read(depth, DepthMap.Kind.METRES)));
 * }
 * SampleSet garden =
 *     new SampleSet(
 *         "garden", TruthKind.METRES, Region.upTo(10), new Origin("CC0", ""), samples);
 * try (DataSet data = DataSet.of("garden", List.of(garden))) {
 *   Evaluation evaluation = Evaluator.of(List.of(model)).run(data);
 * }
 * }</pre>
 *
 * <p>Pictures are read one by one on demand, so a data set of any size uses little memory. They can
 * be read in any order and by several threads at once, until the data set is closed.
 */
public final class DataSet implements AutoCloseable {
  private final String name;
  private final List<SampleSet> sets;
  private final Runnable closing;

  private DataSet(String name, List<SampleSet> sets, Runnable closing) {
    this.name = name;
    this.sets = List.copyOf(sets);
    this.closing = closing;
  }

  /**
   * A data set that keeps no file open.
   *
   * @param name its name in reports
   * @param sets at least one
   */
  public static DataSet of(String name, List<SampleSet> sets) {
    return new DataSet(name, sets, () -> {});
  }

  /**
   * A data set with something to close, such as an archive that its samples read from.
   *
   * @param name its name in reports
   * @param sets at least one
   * @param closing called by {@link #close}
   */
  public static DataSet of(String name, List<SampleSet> sets, Runnable closing) {
    return new DataSet(name, sets, closing);
  }

  /** The data set's name. */
  public String name() {
    return name;
  }

  /** Its sets. */
  public List<SampleSet> sets() {
    return sets;
  }

  /** The same data with some of its sets only; closing either closes both. */
  public DataSet only(Predicate<SampleSet> wanted) {
    return new DataSet(name, sets.stream().filter(wanted).toList(), closing);
  }

  /** The number of pictures in all sets. */
  public int count() {
    return sets.stream().mapToInt(SampleSet::count).sum();
  }

  @Override
  public void close() {
    closing.run();
  }
}
