package dev.deltadepth.cli;

import dev.deltadepth.distill.Distillation;
import dev.deltadepth.distill.label.Teachers;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.RecipeFile;
import dev.deltadepth.distill.recipe.TeacherSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code delta distill}: a small network from a large one, on one's own photos. */
@Command(
    name = "distill",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Train a small network to do what a large one does.",
    description = {
      "",
      "Follows a recipe: a teacher labels crops of unlabelled photos, and a student learns from them."
          + " A run that was stopped goes on from its last checkpoint when it is started again.",
    },
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:trained to the end of the recipe",
      "1:the recipe, photos or teacher cannot be used, or the training failed; standard error says"
          + " why",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  delta distill --recipe tiny",
      "  delta distill --recipe default --photos photos/ --teacher teacher.onnx",
      "  delta distill --config runs/delta/recipe.yaml -o runs/again",
      "",
      "All keys of a recipe: docs/distillation.md."
    },
    sortOptions = false)
final class DistillCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The recipe; its paths are relative to it.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      completionCandidates = RecipeNames.class,
      description = "One of Delta's own recipes instead: ${COMPLETION-CANDIDATES}.")
  private Optional<String> recipe = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "The folder of the run (default: runs/<name of the recipe>); of several recipes in one"
              + " file, the folder of their folders.")
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
          "The teacher, instead of the recipe's: an .onnx model, labels of delta label, a student's"
              + " .safetensors or run, or a .yaml file with a teacher's keys.")
  private Optional<Path> teacher = Optional.empty();

  @Option(
      names = "--eval",
      paramLabel = "DIR",
      description =
          "Measure student and teacher on these pictures with ground truth at the end, as delta"
              + " evaluate does.")
  private Optional<Path> evaluation = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that share every batch (default: one a processor).")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing but errors.")
  private boolean quiet;

  /** The names for help and shell completion. */
  static final class RecipeNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    RecipeNames() {
      super(RecipeFile.names());
    }
  }

  @Override
  public Integer call() {
    int workers = threads.orElse(Runtime.getRuntime().availableProcessors());
    Bounds.within(spec, "--threads", workers, 1, 1024);
    if (config.isPresent() == recipe.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "give a recipe: either --config FILE or --recipe NAME");
    }
    List<Recipe> recipes =
        changed(
            recipe
                .map(RecipeFile::named)
                .orElseGet(() -> RecipeFile.readAll(config.orElseThrow())));
    try (DistillReport report = new DistillReport(spec.commandLine().getOut(), quiet, evaluation)) {
      if (recipes.size() == 1) {
        Recipe only = recipes.get(0);
        Path run = output.orElse(Path.of("runs", only.name()));
        Distillation.run(only, run, report, workers);
      } else {
        Distillation.runAll(recipes, output.orElse(Path.of("runs")), report, workers);
      }
    }
    return 0;
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
