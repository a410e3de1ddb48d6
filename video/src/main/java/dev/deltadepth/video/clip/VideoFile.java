package dev.deltadepth.video.clip;

import dev.deltadepth.io.FileException;
import dev.deltadepth.video.read.ClipFrame;
import dev.deltadepth.video.write.Drawn;
import dev.deltadepth.video.write.FrameShape;
import dev.deltadepth.video.write.Joiner;
import dev.deltadepth.video.write.SegmentedVideo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** A clip's depth as a video. */
final class VideoFile implements ClipOutput {
  private static final double MICROS = 1e6;

  private final Path output;
  private final FrameShape shape;
  private final Function<FrameDepth, Drawn> painter;
  private final SegmentedVideo video;
  private final Joiner joiner;
  private final Function<Optional<Double>, Optional<Joiner.Sound>> sound;

  /**
   * Prepares.
   *
   * @param painter draws frames of the shape
   * @param sound gives the clip's sound, of a length in seconds that may be given
   */
  VideoFile(
      Path output,
      FrameShape shape,
      Function<FrameDepth, Drawn> painter,
      SegmentedVideo video,
      Joiner joiner,
      Function<Optional<Double>, Optional<Joiner.Sound>> sound) {
    this.output = output;
    this.shape = shape;
    this.painter = painter;
    this.video = video;
    this.joiner = joiner;
    this.sound = sound;
  }

  @Override
  public boolean has(long index) {
    return video.has(index);
  }

  @Override
  public Drawn draw(FrameDepth depth) {
    return has(depth.frame().index()) ? new Drawn.Nothing() : painter.apply(depth);
  }

  @Override
  public void take(ClipFrame frame, Drawn drawn) {
    video.write(frame, drawn);
  }

  @Override
  public Optional<String> finish(Optional<Long> length) {
    if (Files.isDirectory(output)) {
      throw new FileException(output + " is a folder: give the path of a file");
    }
    return joiner.join(video.end(), shape, sound.apply(length.map(micros -> micros / MICROS)));
  }

  @Override
  public void close() {
    video.close();
  }
}
