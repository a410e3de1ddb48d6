package dev.deltadepth.datasets;

import java.util.List;
import java.util.function.Predicate;

/**
 * Evaluation data that was opened: one set or several, each measured by itself. Pictures are read
 * one by one when they are asked for, so a data set of any size takes little memory; they can be
 * asked for in any order, by several threads at a time, until it is closed.
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

  /** A data set that keeps no file open. */
  static DataSet of(String name, List<SampleSet> sets) {
    return new DataSet(name, sets, () -> {});
  }

  /** A data set that closes a file when it is closed. */
  static DataSet of(String name, List<SampleSet> sets, Runnable closing) {
    return new DataSet(name, sets, closing);
  }

  /** The data set's name. */
  public String name() {
    return name;
  }

  /** What it holds. */
  public List<SampleSet> sets() {
    return sets;
  }

  /** The same files with some of the sets only; closing either closes both. */
  public DataSet only(Predicate<SampleSet> wanted) {
    return new DataSet(name, sets.stream().filter(wanted).toList(), closing);
  }

  /** How many pictures there are in all sets. */
  public int count() {
    return sets.stream().mapToInt(SampleSet::count).sum();
  }

  @Override
  public void close() {
    closing.run();
  }
}
