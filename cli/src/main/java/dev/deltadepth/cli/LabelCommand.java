package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.base.ErrorText;
import dev.deltadepth.cli.base.Progress;
import dev.deltadepth.cli.option.Choice;
import dev.deltadepth.cli.option.QuietOption;
import dev.deltadepth.cli.option.ThreadsOption;
import dev.deltadepth.distill.Threads;
import dev.deltadepth.distill.label.LabelFolder;
import dev.deltadepth.distill.label.Labeller;
import dev.deltadepth.distill.label.Labelling;
import dev.deltadepth.distill.label.Teachers;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.estimate.PhotoFiles;
import dev.deltadepth.io.FileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delta label}: a teacher's maps of photos, kept for training. */
@Command(
    name = "label",
    header = "Label photos with a teacher, to train from.",
    description =
        """
        For teachers that are too slow to label every crop during training: delta distill takes \
        the folder of labels as its teacher. Complete labels are kept, so a run that was stopped \
        is resumed when it is started again.\
        """,
    parameterListHeading = "%nPhotos:%n",
    exitCodeList = {
      "0:all photos have labels",
      "1:the teacher cannot be used, or a photo could not be labelled; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer =
        """
          delta label photos/ --teacher teacher.onnx -o labels/
          delta distill --config mine.yaml --photos photos/ --teacher labels/

        The format of the folder: docs/distillation.md.\
        """)
final class LabelCommand extends BaseCommand {
  /** A teacher that fails on so many photos and labels none will not label the next. */
  private static final int HOPELESS = 20;

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
          """
          An .onnx model, the .safetensors file or run folder of a student, a .yaml file with the \
          keys of a teacher, or embedded.\
          """)
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
      converter = Formats.class,
      completionCandidates = Formats.class,
      description = "png16 (16-bit grey) or npy16 (NumPy's float16) (default: ${DEFAULT-VALUE}).")
  private LabelFolder.Format format = LabelFolder.Format.PNG16;

  @Option(names = "--features", description = "Also store the teacher's intermediate features.")
  private boolean features;

  @Mixin private final ThreadsOption threads = new ThreadsOption();
  @Mixin private final QuietOption quiet = new QuietOption();

  private final AtomicInteger labelled = new AtomicInteger();
  private final AtomicInteger kept = new AtomicInteger();
  private final AtomicInteger problems = new AtomicInteger();
  private final AtomicInteger failedByTeacher = new AtomicInteger();

  /** The formats of labels by name. */
  static final class Formats extends Choice<LabelFolder.Format> {
    Formats() {
      super(
          "format",
          List.of(LabelFolder.Format.values()),
          format -> format.name().toLowerCase(Locale.ROOT));
    }
  }

  @Override
  public Integer call() {
    List<PhotoFiles.Photo> photos = PhotoFiles.of(inputs, this::problem);
    try (Labeller asked = Teachers.open(Teachers.source(teacher))) {
      label(photos, Labelling.into(output, asked, format, features), threads.count());
    }
    if (!quiet.on()) {
      print(
          "%,d photos labelled, %,d already had labels, %,d failed; labels in %s",
          labelled.get(), kept.get(), problems.get(), output);
    }
    return problems.get() == 0 ? 0 : 1;
  }

  private void label(List<PhotoFiles.Photo> photos, Labelling labelling, int workers) {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try (Progress bar = Progress.of("label", photos.size(), quiet.on())) {
      List<Future<?>> running = new ArrayList<>();
      for (PhotoFiles.Photo photo : photos) {
        running.add(
            pool.submit(
                () -> {
                  label(photo, labelling);
                  bar.step();
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
      Threads.end(pool);
    }
  }

  private void label(PhotoFiles.Photo photo, Labelling labelling) {
    if (labelled.get() == 0 && failedByTeacher.get() >= HOPELESS) {
      // It is stopped: what is already under way says nothing more.
      return;
    }
    String file = String.valueOf(photo.file().getFileName());
    int dot = file.lastIndexOf('.');
    String stem = dot > 0 ? file.substring(0, dot) : file;
    try {
      boolean fresh =
          labelling.label(photo.file(), photo.folder().resolve(stem).toString().replace('\\', '/'));
      (fresh ? labelled : kept).incrementAndGet();
    } catch (FileException e) {
      problem(ErrorText.of(e));
    } catch (DistillException e) {
      int failed = failedByTeacher.incrementAndGet();
      if (labelled.get() > 0 || failed <= HOPELESS) {
        problem(ErrorText.of(e));
      }
      if (labelled.get() == 0 && failed == HOPELESS) {
        throw new DistillException(
            "stopped: the teacher failed on the first " + HOPELESS + " photos", e);
      }
    } catch (RuntimeException e) {
      // What was not foreseen costs its own photo, not the batch.
      problem(photo.shown() + ": " + ErrorText.of(e));
    }
  }

  private void problem(String line) {
    problems.incrementAndGet();
    warn(line);
  }
}
