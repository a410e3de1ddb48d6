package dev.deltadepth.cli;

import dev.deltadepth.distill.Trainer;
import dev.deltadepth.distill.data.Photos;
import dev.deltadepth.distill.data.Photos.Split;
import dev.deltadepth.distill.export.InitialWeights;
import dev.deltadepth.distill.export.ModelExport;
import dev.deltadepth.distill.label.Labeller;
import dev.deltadepth.distill.label.SceneFolder;
import dev.deltadepth.distill.label.Teachers;
import dev.deltadepth.distill.recipe.PhotoSource;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.RecipeFile;
import dev.deltadepth.distill.recipe.TeacherSource;
import dev.deltadepth.distill.run.RunFolder;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.nn.weights.Safetensors;
import dev.deltadepth.onnx.OnnxExporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        recipe.map(RecipeFile::named).orElseGet(() -> RecipeFile.readAll(config.orElseThrow()));
    Map<String, Path> runs = new HashMap<>();
    for (Recipe next : recipes) {
      Path run =
          recipes.size() == 1
              ? output.orElse(Path.of("runs", next.name()))
              : output.orElse(Path.of("runs")).resolve(next.name());
      distill(located(next, runs), run, workers);
      runs.put(next.name(), run);
    }
    return 0;
  }

  /** The recipe with its files as seen from here; a run before it may be meant by its name. */
  private Recipe located(Recipe given, Map<String, Path> earlier) {
    boolean ofEarlier =
        given.teacher() instanceof TeacherSource.Trained trained
            && earlier.containsKey(trained.weights());
    Recipe located =
        given.mapped(name -> Optional.ofNullable(earlier.get(name)).orElse(file(name)).toString());
    if (given.photos().folder().isEmpty()) {
      return located;
    }
    if (photos.isPresent()) {
      located = located.withPhotos(photos.get().toString());
    }
    return teacher.isPresent() && !ofEarlier
        ? located.withTeacher(Teachers.source(teacher.get()))
        : located;
  }

  /** A file that the recipe names. */
  private Path file(String name) {
    return config.map(beside -> beside.resolveSibling(name)).orElse(Path.of(name));
  }

  private void distill(Recipe followed, Path run, int workers) {
    PhotoSource source = followed.photos();
    List<Path> folders = new ArrayList<>();
    if (!source.folder().isEmpty()) {
      folders.add(Path.of(source.folder()));
    }
    if (source.scenes() > 0) {
      Path scenes = new RunFolder(run).scenes();
      SceneFolder.render(scenes, source.scenes(), source.sceneHeight());
      folders.add(SceneFolder.photos(scenes));
    }
    Split split = Photos.find(folders, source.validation(), source.shorterSide(), source.budget());
    try (Labeller labels = Teachers.of(followed, run)) {
      Trainer.Result result;
      try (TrainingProgress progress =
          new TrainingProgress(followed.name(), spec.commandLine().getOut(), quiet)) {
        result =
            new Trainer(followed, InitialWeights.of(followed), split, labels, run, progress)
                .train(workers);
      }
      finish(result, followed, run, split, labels);
    }
  }

  private void finish(
      Trainer.Result result, Recipe followed, Path run, Split split, Labeller teacher) {
    RunFolder files = new RunFolder(run);
    Path weights = files.weights(followed.name());
    Path model = files.model(followed.name());
    Safetensors.write(result.weights(), weights);
    byte[] onnx =
        ModelExport.onnx(
            result.weights(), followed.name(), followed.nativeSize(), OnnxExporter.Form.defaults());
    AtomicFile.write(model, out -> out.write(onnx));
    if (quiet) {
      return;
    }
    TrainingProgress.print(
        spec.commandLine().getOut(),
        "trained for %.2f hours; %d steps skipped; wrote %s and %s",
        result.seconds() / 3600,
        result.skipped(),
        weights,
        model);
    LearnedReport report = new LearnedReport(model, teacher, spec.commandLine().getOut());
    report.onHeldOut(split.validation(), run.resolve("comparison.jpg"));
    evaluation.ifPresent(report::onTruth);
  }
}
