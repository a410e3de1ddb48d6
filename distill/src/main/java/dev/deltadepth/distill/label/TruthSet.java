package dev.deltadepth.distill.label;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.DataSets;
import dev.deltadepth.datasets.DatasetException;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.distill.data.KnownDepth;
import dev.deltadepth.distill.data.MemoryBudget;
import dev.deltadepth.distill.data.Photos;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.PhotoSource;
import dev.deltadepth.distill.recipe.TruthSource;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.metrics.TruthKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The pictures of one {@code truth} entry of a recipe.
 *
 * @param name of the data, with its sets
 * @param share of the crops
 * @param pictures to train on and held out
 */
public record TruthSet(String name, double share, Photos.Split pictures) {

  /**
   * Opens the data of an entry, and adds its depth to what is known.
   *
   * @param source with a path relative to the working directory
   * @param photos gives the size to which pictures are reduced
   * @param memory for decoded pictures
   * @throws DistillException if the data cannot be read, or no picture is left
   */
  public static TruthSet open(
      TruthSource source, PhotoSource photos, MemoryBudget memory, KnownDepth known) {
    List<SampleSet> sets = sets(source);
    // By name, so that the data can be moved and no picture changes sides.
    Path folder = Path.of(source.data()).toAbsolutePath().normalize().getFileName();
    List<Photos.Entry> entries = new ArrayList<>();
    for (SampleSet set : sets) {
      for (Sample sample : set.samples()) {
        String hash = Sha256.of(folder + "/" + set.name() + "/" + sample.id());
        entries.add(new Photos.Entry(sample.source(), hash, sample::image));
        known.add(
            hash,
            new KnownDepth.Source(
                () -> disparity(set, sample), set.kind().metric(), source.roughEdges()));
      }
    }
    Photos.Split split = Photos.split(entries, source.heldOut(), photos.shorterSide(), memory);
    if (source.share() > 0 && split.training().count() == 0) {
      throw new DistillException(
          "truth: no pictures of " + source.data() + " are left to train on; hold out fewer");
    }
    String name = sets.stream().map(SampleSet::name).collect(Collectors.joining(", "));
    return new TruthSet(name, source.share(), split);
  }

  private static List<SampleSet> sets(TruthSource source) {
    DataSet data;
    try {
      data = DataSets.open(Path.of(source.data()));
    } catch (DatasetException e) {
      throw new DistillException("truth: " + e.getMessage(), e);
    }
    List<String> names = data.sets().stream().map(SampleSet::name).toList();
    for (String wanted : source.sets()) {
      if (!names.contains(wanted)) {
        throw new DistillException(
            "truth: "
                + source.data()
                + " has no set '"
                + wanted
                + "'; choose from "
                + String.join(", ", names));
      }
    }
    List<SampleSet> sets =
        data.sets().stream()
            .filter(set -> source.sets().isEmpty() || source.sets().contains(set.name()))
            .filter(set -> set.kind() != TruthKind.NONE)
            .toList();
    if (sets.isEmpty()) {
      throw new DistillException("truth: " + source.data() + " has pictures without depth only");
    }
    return sets;
  }

  /** The inverse depth, or the disparity as stored; NaN where it does not count. */
  private static DepthMap disparity(SampleSet set, Sample sample) {
    return set.region().disparity(sample.truth());
  }
}
