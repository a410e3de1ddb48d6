package dev.deltadepth.cli;

import dev.deltadepth.distill.label.LabelFolder;
import dev.deltadepth.distill.label.Labeller;
import dev.deltadepth.distill.label.Labelling;
import dev.deltadepth.distill.label.Teachers;
import dev.deltadepth.estimate.PhotoFiles;
import dev.deltadepth.io.FileException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code delta label}: what a teacher says of photos, kept for trainings to come. */
@Command(
    name = "label",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Write a teacher's maps of photos, to train from.",
    description = {
      "",
      "For teachers too slow to be asked about every crop: delta distill takes the folder as its"
          + " teacher. What is there already and whole is left as it is, so a run that was stopped"
          + " goes on when it is started again.",
    },
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nPhotos:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all photos have labels",
      "1:the teacher cannot be used, or a photo not be labelled; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  delta label photos/ --teacher teacher.onnx -o labels/",
      "  delta distill --recipe default --photos photos/ --teacher labels/",
      "",
      "The folder's format: docs/distillation.md."
    },
    sortOptions = false)
final class LabelCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGES",
      description = "Photos, folders and quoted patterns, as for delta estimate.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--teacher",
      required = true,
      paramLabel = "FILE",
      description =
          "An .onnx model, a student's .safetensors or run, or a .yaml file with a teacher's keys.")
  private Path teacher = Path.of("");

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "The folder of the labels.")
  private Path output = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "png16",
      description = "png16 (16-bit grey) or npy16 (NumPy's float16) (default: ${DEFAULT-VALUE}).")
  private String format = "png16";

  @Option(names = "--features", description = "Keep the teacher's intermediate maps, too.")
  private boolean features;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Photos at work at once (default: one a processor).")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing but errors.")
  private boolean quiet;

  private final AtomicInteger labelled = new AtomicInteger();
  private final AtomicInteger kept = new AtomicInteger();
  private final AtomicInteger problems = new AtomicInteger();

  @Override
  public Integer call() {
    int workers = threads.orElse(Runtime.getRuntime().availableProcessors());
    Bounds.within(spec, "--threads", workers, 1, 1024);
    LabelFolder.Format kind = format();
    List<PhotoFiles.Photo> photos = PhotoFiles.of(inputs, this::problem);
    try (Labeller asked = Teachers.open(Teachers.source(teacher))) {
      label(photos, Labelling.into(output, asked, kind, features), workers);
    }
    if (!quiet) {
      spec.commandLine()
          .getOut()
          .println(
              String.format(
                  Locale.ROOT,
                  "%,d photos labelled, %,d had labels already, %,d problems; labels in %s",
                  labelled.get(),
                  kept.get(),
                  problems.get(),
                  output));
      spec.commandLine().getOut().flush();
    }
    return problems.get() == 0 ? 0 : 1;
  }

  private LabelFolder.Format format() {
    for (LabelFolder.Format known : LabelFolder.Format.values()) {
      if (known.name().equalsIgnoreCase(format)) {
        return known;
      }
    }
    throw new ParameterException(
        spec.commandLine(), "--format must be png16 or npy16, not " + format);
  }

  private void label(List<PhotoFiles.Photo> photos, Labelling labelling, int workers) {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    Optional<ProgressBar> bar = bar(photos.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (PhotoFiles.Photo photo : photos) {
        running.add(
            pool.submit(
                () -> {
                  label(photo, labelling);
                  bar.ifPresent(ProgressBar::step);
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pool.shutdownNow();
      bar.ifPresent(ProgressBar::close);
    }
  }

  private void label(PhotoFiles.Photo photo, Labelling labelling) {
    String file = String.valueOf(photo.file().getFileName());
    int dot = file.lastIndexOf('.');
    String stem = dot > 0 ? file.substring(0, dot) : file;
    try {
      boolean fresh =
          labelling.label(photo.file(), photo.folder().resolve(stem).toString().replace('\\', '/'));
      (fresh ? labelled : kept).incrementAndGet();
    } catch (FileException e) {
      problem(Main.describe(e));
    }
  }

  /** Drawn on a terminal only. */
  private Optional<ProgressBar> bar(int photos) {
    if (quiet || !Boolean.getBoolean("delta.terminal")) {
      return Optional.empty();
    }
    return Optional.of(
        new ProgressBarBuilder()
            .setTaskName("label")
            .setInitialMax(photos)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(500)
            .build());
  }

  private void problem(String line) {
    problems.incrementAndGet();
    PrintWriter err = spec.commandLine().getErr();
    synchronized (err) {
      err.println("delta: " + line);
      err.flush();
    }
  }
}
