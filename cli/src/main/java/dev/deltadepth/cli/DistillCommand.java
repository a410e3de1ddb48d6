package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.option.Choice;
import dev.deltadepth.cli.option.QuietOption;
import dev.deltadepth.cli.option.ThreadsOption;
import dev.deltadepth.distill.Distillation;
import dev.deltadepth.distill.label.Teachers;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.RecipeChange;
import dev.deltadepth.distill.recipe.RecipeFile;
import dev.deltadepth.distill.recipe.TeacherSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code delta distill}: a small network from a large one, on one's own photos. */
@Command(
    name = "distill",
    header = "Train a small network to imitate a large one.",
    description =
        """
        Follows a recipe: a teacher labels crops of unlabelled photos, and a student learns from \
        them. A run that was stopped is resumed from its last checkpoint when it is started again.\
        """,
    exitCodeList = {
      "0:trained to the end of the recipe",
      """
      1:the recipe, photos or teacher cannot be used, or training failed; standard error says why\
      """,
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer =
        """
          delta distill --recipe tiny
          delta distill --recipe default --photos photos/
          delta distill --config mine.yaml --photos photos/ --teacher teacher.onnx
          delta distill --resume runs/delta
          delta distill --resume runs/delta --set stages.0.steps=2000
          delta distill --config mine.yaml --dry-run
          delta distill --config runs/delta/recipe.yaml -o runs/again

        All keys of a recipe: docs/distillation.md.\
        """)
final class DistillCommand extends BaseCommand {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The recipe file; its paths are relative to it.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      converter = Recipes.class,
      completionCandidates = Recipes.class,
      description = "Instead, a recipe that comes with Delta: ${COMPLETION-CANDIDATES}.")
  private Optional<String> recipe = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Instead, the folder of a stopped run, whose recipe is followed to its end.")
  private Optional<Path> resumed = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          """
          The run folder (default: runs/NAME, by the recipe's name). If a file holds several \
          recipes, the folder of their run folders.\
          """)
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--photos",
      paramLabel = "DIR",
      description = "Photos to learn from, instead of the recipe's.")
  private Optional<Path> photos = Optional.empty();

  @Option(
      names = "--teacher",
      paramLabel = "FILE",
      description =
          """
          The teacher, instead of the recipe's: an .onnx model, a folder of labels (delta label), the \
          .safetensors file or run folder of a student, a .yaml file with the keys of a teacher, or \
          embedded.\
          """)
  private Optional<Path> teacher = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          """
          Change a value of the recipe, such as stages.0.steps=100 or optimizer.rate=0.0005. May be \
          given several times.\
          """)
  private List<String> changes = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed, instead of the recipe's: the same as --set seed=N.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--dry-run",
      description =
          """
          Train nothing: say what the recipe would learn from and how long it would take, and write a \
          sheet of crops into the run folder.\
          """)
  private boolean dryRun;

  @Option(
      names = "--eval",
      paramLabel = "DIR",
      description =
          """
          At the end, measure student and teacher on this data set, as delta evaluate does.\
          """)
  private Optional<Path> evaluation = Optional.empty();

  @Mixin private final ThreadsOption threads = new ThreadsOption();
  @Mixin private final QuietOption quiet = new QuietOption();

  /** The recipes that come with Delta. */
  static final class Recipes extends Choice<String> {
    Recipes() {
      super("recipe", RecipeFile.names(), name -> name);
    }

    @Override
    protected String otherwise(String name) {
      return name.endsWith(".yaml") || name.endsWith(".yml")
          ? ", or give a file with --config"
          : "";
    }
  }

  @Override
  public Integer call() {
    int workers = threads.count();
    if (Stream.of(config, recipe, resumed).filter(Optional::isPresent).count() != 1) {
      throw wrong("give one of --config FILE, --recipe NAME and --resume DIR");
    }
    if (resumed.isPresent()
        && (Stream.of(output, photos, teacher, seed).anyMatch(Optional::isPresent) || dryRun)) {
      throw wrong(
          "--resume follows the run's own recipe: leave out -o, --photos, --teacher, --seed and"
              + " --dry-run");
    }
    List<RecipeChange> wanted = new ArrayList<>();
    for (String change : changes) {
      try {
        wanted.add(RecipeChange.parse(change));
      } catch (DistillException e) {
        throw wrong("--set: " + e.getMessage());
      }
    }
    seed.ifPresent(value -> wanted.add(new RecipeChange("seed", String.valueOf(value))));
    try (DistillReport report =
        new DistillReport(spec.commandLine().getOut(), quiet.on(), evaluation)) {
      if (resumed.isPresent()) {
        Distillation.resume(resumed.get(), wanted, report, workers);
      } else {
        distill(wanted, report, workers);
      }
    }
    return 0;
  }

  private void distill(List<RecipeChange> wanted, DistillReport report, int workers) {
    List<Recipe> recipes =
        changed(
            recipe
                .map(name -> RecipeFile.named(name, wanted))
                .orElseGet(() -> RecipeFile.readAll(config.orElseThrow(), wanted)));
    if (dryRun) {
      // The later recipes of a file need what the first one has yet to learn.
      Recipe first = recipes.get(0);
      Path only = output.orElse(Path.of("runs", first.name()));
      Path run = recipes.size() == 1 ? only : output.orElse(Path.of("runs")).resolve(first.name());
      report.planned(Distillation.plan(first, run, workers), recipes.size() - 1);
    } else if (recipes.size() == 1) {
      Recipe only = recipes.get(0);
      Path run = output.orElse(Path.of("runs", only.name()));
      Distillation.run(only, run, report, workers);
    } else {
      Distillation.runAll(recipes, output.orElse(Path.of("runs")), report, workers);
    }
  }

  /** The recipes with the photos and the teacher that were given. */
  private List<Recipe> changed(List<Recipe> given) {
    List<Recipe> changed = new ArrayList<>();
    Set<String> earlier = new HashSet<>();
    for (Recipe one : given) {
      changed.add(changed(one, earlier));
      earlier.add(one.name());
    }
    return changed;
  }

  private Recipe changed(Recipe given, Set<String> earlier) {
    if (given.photos().folder().isEmpty()) {
      return given;
    }
    Recipe changed = photos.map(folder -> given.withPhotos(folder.toString())).orElse(given);
    boolean ofEarlier =
        given.teacher() instanceof TeacherSource.Trained trained
            && earlier.contains(trained.weights());
    return teacher.isPresent() && !ofEarlier
        ? changed.withTeacher(Teachers.source(teacher.get()))
        : changed;
  }
}
