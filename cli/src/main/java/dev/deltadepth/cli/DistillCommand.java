package dev.deltadepth.cli;

import dev.deltadepth.distill.ModelExport;
import dev.deltadepth.distill.OnnxTeacher;
import dev.deltadepth.distill.Photos;
import dev.deltadepth.distill.Photos.Split;
import dev.deltadepth.distill.Recipe;
import dev.deltadepth.distill.Teacher;
import dev.deltadepth.distill.Trainer;
import dev.deltadepth.distill.TrainingListener;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.nn.OnnxExporter;
import dev.deltadepth.nn.Safetensors;
import dev.deltadepth.nn.Weights;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
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
    footerHeading = "%nExample:%n",
    footer = {
      "  delta distill --config recipe.yaml --photos photos/ --teacher teacher.onnx",
      "",
      "All keys of a recipe: docs/distillation.md."
    },
    sortOptions = false)
final class DistillCommand implements Callable<Integer> {
  private static final double GIGABYTE = 1L << 30;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", required = true, paramLabel = "FILE", description = "The recipe.")
  private Path config = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "The folder of the run (default: runs/<name of the recipe>).")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--photos",
      paramLabel = "DIR",
      description = "Photos to learn from, instead of the recipe's.")
  private Optional<Path> photos = Optional.empty();

  @Option(
      names = "--teacher",
      paramLabel = "FILE.onnx",
      description = "The teacher, instead of the recipe's.")
  private Optional<Path> teacher = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that share every batch (default: one a processor).")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing but errors.")
  private boolean quiet;

  @Override
  public Integer call() {
    int workers = threads.orElse(Runtime.getRuntime().availableProcessors());
    if (workers < 1 || workers > 1024) {
      throw new ParameterException(spec.commandLine(), "--threads must be 1 or more");
    }
    Recipe recipe = Recipe.read(config);
    Path run = output.orElse(Path.of("runs", recipe.name()));
    Path folder = photos.orElse(config.resolveSibling(recipe.photos().folder()));
    Split split =
        Photos.find(
            folder,
            recipe.photos().validation(),
            recipe.photos().shorterSide(),
            (long) (recipe.photos().memory() * GIGABYTE));
    Weights initial =
        recipe.start().isEmpty()
            ? Weights.of(Map.of())
            : Safetensors.read(config.resolveSibling(recipe.start()));
    Path model = teacher.orElse(config.resolveSibling(recipe.teacher().model()));
    try (Teacher labels = OnnxTeacher.open(model, 1);
        Progress progress = new Progress(recipe)) {
      progress.say(
          "%,d photos to learn from, %,d to validate on; teacher %s; run in %s",
          split.training().count(), split.validation().count(), labels.name(), run);
      Trainer trainer = new Trainer(recipe, initial, split, labels, run, progress);
      finish(trainer.train(workers), recipe, run, progress);
    }
    return 0;
  }

  private static void finish(Trainer.Result result, Recipe recipe, Path run, Progress progress) {
    Path weights = run.resolve(recipe.name() + ".safetensors");
    Path model = run.resolve(recipe.name() + ".onnx");
    Safetensors.write(result.weights(), weights);
    OnnxExporter.Form form = OnnxExporter.Form.defaults();
    byte[] onnx = ModelExport.onnx(result.weights(), recipe.name(), recipe.nativeSize(), form);
    AtomicFile.write(model, out -> out.write(onnx));
    result.unreadable().forEach(problem -> progress.say("left out: %s", problem));
    progress.say(
        "trained for %.2f hours; %d steps skipped; wrote %s and %s",
        result.seconds() / 3600, result.skipped(), weights, model);
  }

  /** A bar on a terminal, a line every now and then elsewhere. */
  private final class Progress implements TrainingListener, AutoCloseable {
    private static final int LINE_EVERY = 100;

    private final Optional<ProgressBar> bar;

    Progress(Recipe recipe) {
      boolean wanted = !quiet && Boolean.getBoolean("delta.terminal");
      bar = wanted ? Optional.of(bar(recipe)) : Optional.empty();
    }

    private static ProgressBar bar(Recipe recipe) {
      return new ProgressBarBuilder()
          .setTaskName(recipe.name())
          .setInitialMax(recipe.steps())
          .setStyle(ProgressBarStyle.ASCII)
          .setUpdateIntervalMillis(500)
          .build();
    }

    @Override
    public void step(Step step) {
      String state =
          String.format(
              Locale.ROOT,
              "%dpx loss %.4f %.1f images/s",
              step.size(),
              step.loss(),
              step.imagesPerSecond());
      if (bar.isPresent()) {
        bar.get().stepTo(step.step()).setExtraMessage(state);
      } else if (step.step() % LINE_EVERY == 0 || step.step() == step.steps()) {
        say("step %,d of %,d: %s", step.step(), step.steps(), state);
      }
    }

    @Override
    public void validated(Validation validation) {
      say(
          "step %,d: on %d photos held out, scale-and-shift-invariant error %.4f, correlation with"
              + " the teacher %.4f",
          validation.step(), validation.photos(), validation.ssi(), validation.pearson());
    }

    void say(String format, Object... values) {
      if (!quiet) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
      }
    }

    @Override
    public void close() {
      bar.ifPresent(ProgressBar::close);
    }
  }
}
