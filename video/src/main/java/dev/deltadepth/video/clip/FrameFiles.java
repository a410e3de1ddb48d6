package dev.deltadepth.video.clip;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.map.DepthFormat;
import dev.deltadepth.io.map.DepthWriter;
import dev.deltadepth.io.map.MapStyle;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.video.read.ClipFrame;
import dev.deltadepth.video.write.Drawn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A clip's depth as a folder of files, one a frame and numbered from 1, and {@code times.csv} that
 * says when each is shown. Each file appears complete or not at all.
 */
final class FrameFiles implements ClipOutput {
  private static final double MICROS = 1e6;

  private final Path folder;
  private final ClipFormat format;
  private final ClipStyle style;
  private final ClipPainter painter;
  private final boolean resume;
  private final StringBuilder times = new StringBuilder("file,seconds\n");

  FrameFiles(Path folder, ClipFormat format, ClipStyle style, boolean resume) {
    this.folder = folder;
    this.format = format;
    this.style = style;
    this.painter = new ClipPainter(format, style);
    this.resume = resume;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new FileException(
          "cannot create the folder " + folder + "; choose another one with -o", e);
    }
  }

  private static String name(long index, ClipFormat format) {
    return String.format(
        Locale.ROOT, "frame-%06d.%s", index + 1, format == ClipFormat.NPY ? "npy" : "png");
  }

  @Override
  public boolean has(long index) {
    return resume && Files.exists(folder.resolve(name(index, format)));
  }

  @Override
  public Drawn draw(FrameDepth depth) {
    if (has(depth.frame().index())) {
      return new Drawn.Nothing();
    }
    Path file = folder.resolve(name(depth.frame().index(), format));
    DepthMap map = painter.enlarged(depth);
    if (format == ClipFormat.NPY) {
      AtomicFile.write(file, out -> NpyFile.write(FloatArray.of(map), out));
    } else {
      Normalization window = depth.window();
      MapStyle look = new MapStyle(style.colours(), any -> window, style.nearIsDark());
      DepthWriter.of(look).write(map, DepthFormat.PNG16, file);
    }
    return new Drawn.Nothing();
  }

  @Override
  public void take(ClipFrame frame, Drawn drawn) {
    times.append(
        String.format(
            Locale.ROOT, "%s,%.6f%n", name(frame.index(), format), frame.micros() / MICROS));
  }

  @Override
  public Optional<String> finish(Optional<Long> length) {
    byte[] text = times.toString().replace("\r", "").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(folder.resolve("times.csv"), out -> out.write(text));
    return Optional.empty();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
