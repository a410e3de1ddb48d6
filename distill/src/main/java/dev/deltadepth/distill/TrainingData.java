package dev.deltadepth.distill;

import dev.deltadepth.distill.data.KnownDepth;
import dev.deltadepth.distill.data.MemoryBudget;
import dev.deltadepth.distill.data.Photos;
import dev.deltadepth.distill.label.SceneFolder;
import dev.deltadepth.distill.label.Supervision;
import dev.deltadepth.distill.label.Teachers;
import dev.deltadepth.distill.label.TruthSet;
import dev.deltadepth.distill.recipe.PhotoSource;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.TruthSource;
import dev.deltadepth.distill.run.Provenance;
import dev.deltadepth.distill.run.RunFolder;
import dev.deltadepth.io.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run learns from and is validated on.
 *
 * @param photos the photos, and rendered scenes without a share of their own
 * @param scenes rendered scenes with a share of their own; empty or one
 * @param truth sets with measured depth; may be empty
 * @param supervision gives the labels of all of them
 */
record TrainingData(
    Photos.Split photos, List<Source> scenes, List<TruthSet> truth, Supervision supervision)
    implements AutoCloseable {

  /**
   * Pictures from which a share of the crops are taken.
   *
   * @param share of the crops; those of all sources add up to 1
   */
  record Source(Photos.Split pictures, double share) {}

  /** Photos labelled by a teacher. */
  static TrainingData of(Photos.Split photos, Supervision supervision) {
    return new TrainingData(photos, List.of(), List.of(), supervision);
  }

  /**
   * The data of a recipe, after rendering its scenes.
   *
   * @param folder of the run
   */
  static TrainingData of(Recipe recipe, Path folder) {
    PhotoSource source = recipe.photos();
    MemoryBudget memory = new MemoryBudget(source.memoryBytes());
    List<Path> folders = new ArrayList<>();
    if (!source.folder().isEmpty()) {
      folders.add(Path.of(source.folder()));
    }
    List<Source> scenes = new ArrayList<>();
    if (source.scenes() > 0) {
      Path rendered = new RunFolder(folder).scenes();
      SceneFolder.render(rendered, source.scenes(), source.sceneHeight());
      List<Path> files = SceneFolder.photos(rendered, source.scenes());
      if (source.sceneShare() > 0) {
        Photos.Split all = Photos.find(files, 0, source.shorterSide(), memory);
        scenes.add(new Source(all, source.sceneShare()));
      } else {
        folders.addAll(files);
      }
    }
    Photos.Split photos =
        folders.isEmpty()
            ? Photos.split(List.of(), 0, source.shorterSide(), memory)
            : Photos.find(folders, source.validation(), source.shorterSide(), memory);
    KnownDepth known = new KnownDepth(memory);
    List<TruthSet> truth = new ArrayList<>();
    for (TruthSource one : recipe.truth()) {
      truth.add(TruthSet.open(one, source, memory, known));
    }
    return new TrainingData(
        photos, List.copyOf(scenes), List.copyOf(truth), Teachers.of(recipe, folder, known));
  }

  /** Where crops are taken from: the photos, and whatever has a share of its own. */
  List<Source> sources() {
    List<Source> sources = new ArrayList<>(scenes);
    truth.stream()
        .filter(set -> set.share() > 0)
        .forEach(set -> sources.add(new Source(set.pictures(), set.share())));
    if (photos.training().count() > 0) {
      double rest = 1 - sources.stream().mapToDouble(Source::share).sum();
      sources.add(0, new Source(photos, rest));
    }
    return sources;
  }

  /** The number of pictures to learn from. */
  int count() {
    return sources().stream().mapToInt(source -> source.pictures().training().count()).sum();
  }

  /** The number of pictures that are held out, of photos and of truth. */
  int heldOutCount() {
    return photos.validation().count()
        + truth.stream().mapToInt(set -> set.pictures().validation().count()).sum();
  }

  /** SHA-256, in hex, over the hashes of all pictures. */
  String contentHash() {
    return sources().size() == 1 && photos.training().count() > 0
        ? photos.training().contentHash()
        : Sha256.ofHashes(
            sources().stream().map(source -> source.pictures().training().contentHash()).toList());
  }

  /** Counts the pictures, a line for each source, and names who labels the photos. */
  String description() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d training and %,d held-out photos; teacher %s",
            photos.training().count(),
            photos.validation().count(),
            supervision.name()));
    for (Source source : scenes) {
      lines.add(shared("scenes", source));
    }
    for (TruthSet set : truth) {
      lines.add(
          set.share() > 0
              ? shared(set.name(), new Source(set.pictures(), set.share()))
              : String.format(
                  Locale.ROOT,
                  "%s: %,d held-out pictures",
                  set.name(),
                  set.pictures().validation().count()));
    }
    return String.join("\n  ", lines);
  }

  private static String shared(String name, Source source) {
    return String.format(
        Locale.ROOT,
        "%s: %,d training and %,d held-out pictures, %.0f %% of the crops",
        name,
        source.pictures().training().count(),
        source.pictures().validation().count(),
        100 * source.share());
  }

  /** What is stored with weights about a set. */
  static Provenance.Truth provenance(TruthSet set) {
    Photos training = set.pictures().training();
    return new Provenance.Truth(set.name(), training.count(), training.contentHash(), set.share());
  }

  /** The files of the held-out pictures, one a line. */
  String heldOut() {
    List<Photos> held = new ArrayList<>(List.of(photos.validation()));
    truth.forEach(set -> held.add(set.pictures().validation()));
    StringBuilder text = new StringBuilder();
    for (Photos pictures : held) {
      for (int i = 0; i < pictures.count(); i++) {
        text.append(pictures.source(i)).append('\n');
      }
    }
    return text.toString();
  }

  /** What is wrong with each picture found unreadable so far. */
  List<String> unreadable() {
    List<String> all = new ArrayList<>(photos.training().unreadable());
    all.addAll(photos.validation().unreadable());
    for (TruthSet set : truth) {
      all.addAll(set.pictures().training().unreadable());
      all.addAll(set.pictures().validation().unreadable());
    }
    return all;
  }

  @Override
  public void close() {
    supervision.close();
  }
}
