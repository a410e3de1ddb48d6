package dev.deltadepth.video.read;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Pictures in files as the frames of a clip; the next ones are read while one is used. */
final class PictureFrames implements FrameSource {
  private static final Pattern NUMBERED = Pattern.compile("%(0\\d+)?d");
  private static final double MICROS = 1e6;

  private final List<Path> files;
  private final FrameRequest request;
  private final double rate;
  private final ClipLimits limits;
  private final Deque<CompletableFuture<ClipFrame>> reading = new ArrayDeque<>();
  private final int last;
  private int next;
  private int given;
  private volatile boolean closed;

  /** Reads those that a request asks for, at its rate or 25 a second. */
  PictureFrames(List<Path> files, FrameRequest request, ClipLimits limits) {
    this.files = files;
    this.request = request;
    this.rate = request.rate().orElse(Clip.PICTURES_A_SECOND);
    this.limits = limits;
    this.next = (int) Math.min(files.size(), Math.round(request.start() * rate));
    double count = request.duration().orElse(Double.MAX_VALUE) * rate;
    this.last = (int) Math.min(files.size(), next + Math.ceil(count));
    this.given = 0;
    if (next >= last) {
      throw new FileException("there are no pictures there");
    }
  }

  /**
   * The files of a folder, or those that a numbered name stands for, in the order of their numbers.
   *
   * @throws FileException if there are none
   */
  static List<Path> list(ClipSource source) {
    Path named = Path.of(source.text());
    boolean folder = Files.isDirectory(named);
    Path parent = folder ? named : named.toAbsolutePath().getParent();
    Predicate<String> wanted =
        folder
            ? name -> !name.startsWith(".") && ImageFiles.isImage(Path.of(name))
            : numbered(String.valueOf(named.getFileName())).asMatchPredicate();
    try (Stream<Path> all = Files.list(parent == null ? Path.of(".") : parent)) {
      List<Path> files =
          all.filter(file -> wanted.test(String.valueOf(file.getFileName())))
              .filter(Files::isRegularFile)
              .sorted(Comparator.comparing(PictureFrames::key))
              .toList();
      if (files.isEmpty()) {
        throw new FileException(
            source.text()
                + (folder ? " holds no pictures" : ": there are no files named like this"));
      }
      return files;
    } catch (IOException e) {
      throw new FileException("cannot read the folder of " + source.text(), e);
    }
  }

  private static Pattern numbered(String name) {
    Matcher matcher = NUMBERED.matcher(name);
    if (!matcher.find()) {
      return Pattern.compile(Pattern.quote(name));
    }
    return Pattern.compile(
        Pattern.quote(name.substring(0, matcher.start()))
            + "\\d+"
            + Pattern.quote(name.substring(matcher.end())));
  }

  /** The name with its numbers at one length: 9 comes before 10. */
  private static String key(Path file) {
    return Pattern.compile("\\d+")
        .matcher(String.valueOf(file.getFileName()))
        .replaceAll(
            number -> "0".repeat(Math.max(0, 40 - number.group().length())) + number.group());
  }

  @Override
  public Optional<ClipFrame> next() {
    if (closed || given == last) {
      return Optional.empty();
    }
    int ahead = Runtime.getRuntime().availableProcessors();
    while (next < last && reading.size() < ahead) {
      int index = next++;
      reading.add(CompletableFuture.supplyAsync(() -> read(index)));
    }
    if (reading.isEmpty()) {
      return Optional.empty();
    }
    try {
      ClipFrame frame = reading.remove().join();
      long micros = Math.round(given * MICROS / rate);
      long after = Math.round((given + 1) * MICROS / rate);
      return Optional.of(
          new ClipFrame(given++, micros, after - micros, frame.picture(), frame.small()));
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw e;
    }
  }

  private ClipFrame read(int index) {
    RgbImage picture = ImageFiles.read(files.get(index), limits.pixels());
    InputSize size = request.small();
    RgbImage small = Resizer.resize(picture, size.width(), size.height(), Resizer.Filter.BICUBIC);
    RgbImage whole =
        request.wantsPictures()
            ? Resizer.resize(picture, request.width(), request.height())
            : small;
    return new ClipFrame(index, 0, 0, whole, small);
  }

  @Override
  public void close() {
    closed = true;
  }
}
