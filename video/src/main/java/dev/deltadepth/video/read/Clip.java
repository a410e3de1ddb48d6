package dev.deltadepth.video.read;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.ImageSize;
import dev.deltadepth.video.FfmpegProgram;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An opened source of frames.
 *
 * <pre>{@code
 * Clip clip = Clip.open(ClipSource.of("in.mp4"), FfmpegProgram.packed(), ClipLimits.defaults());
 * try (FrameSource frames = clip.frames(request)) {
 *   for (Optional<ClipFrame> f = frames.next(); f.isPresent(); f = frames.next()) {
 *     show(f.get().picture());
 *   }
 * }
 * }</pre>
 */
public final class Clip {
  /** How fast pictures follow each other unless somebody says so. */
  static final double PICTURES_A_SECOND = 25;

  /** Bytes of standard input from which its kind is told. */
  private static final int HEAD = 1 << 20;

  private static final int TIMESCALE = 90_000;

  private final ClipSource source;
  private final ClipInfo info;
  private final List<Path> pictures;
  private final byte[] head;
  private final FfmpegProgram program;
  private final ClipLimits limits;

  private Clip(
      ClipSource source,
      ClipInfo info,
      List<Path> pictures,
      byte[] head,
      FfmpegProgram program,
      ClipLimits limits) {
    this.source = source;
    this.info = info;
    this.pictures = pictures;
    this.head = head;
    this.program = program;
    this.limits = limits;
  }

  /**
   * Looks what a source is.
   *
   * @throws FileException if it is no video, or cannot be read
   */
  public static Clip open(ClipSource source, FfmpegProgram program, ClipLimits limits) {
    if (source.kind() == ClipSource.Kind.PICTURES) {
      List<Path> pictures = PictureFrames.list(source);
      return new Clip(
          source, pictureInfo(pictures, limits), pictures, new byte[0], program, limits);
    }
    byte[] head = new byte[0];
    if (source.kind() == ClipSource.Kind.STANDARD_INPUT) {
      try {
        head = System.in.readNBytes(HEAD);
      } catch (IOException e) {
        throw new FileException("cannot read standard input: " + e.getMessage(), e);
      }
      if (head.length == 0) {
        throw new FileException("standard input is empty: pipe a video into this command");
      }
    }
    return new Clip(
        source, ClipProbe.ask(source, head, program, limits), List.of(), head, program, limits);
  }

  private static ClipInfo pictureInfo(List<Path> pictures, ClipLimits limits) {
    // Upright: a picture may say that it is to be turned.
    RgbImage first = ImageFiles.read(pictures.get(0), limits.pixels());
    ImageSize size = new ImageSize(first.width(), first.height());
    return new ClipInfo(
        size.width(),
        size.height(),
        PICTURES_A_SECOND,
        TIMESCALE,
        Optional.of(pictures.size() / PICTURES_A_SECOND),
        0,
        0,
        0,
        Optional.empty(),
        new ClipInfo.Colours("unknown", "unknown", false),
        false);
  }

  /** What it says about itself. */
  public ClipInfo info() {
    return info;
  }

  /** Where it comes from. */
  public ClipSource source() {
    return source;
  }

  /** Whether it is made of pictures in a folder. */
  public boolean isIn(Path folder) throws IOException {
    Path parent = pictures.isEmpty() ? null : pictures.get(0).toAbsolutePath().getParent();
    return parent != null && Files.isDirectory(folder) && Files.isSameFile(parent, folder);
  }

  /** What reads it. */
  public FfmpegProgram program() {
    return program;
  }

  /** How much is read of it. */
  public ClipLimits limits() {
    return limits;
  }

  /** About how many frames a request gives; empty if that is not known. */
  public Optional<Long> count(FrameRequest request) {
    if (!pictures.isEmpty()) {
      double rate = request.rate().orElse(PICTURES_A_SECOND);
      double rest = Math.max(0, pictures.size() - request.start() * rate);
      return Optional.of(
          (long) Math.min(rest, Math.ceil(request.duration().orElse(Double.MAX_VALUE) * rate)));
    }
    double rate = request.rate().orElse(info.rate());
    double most = request.duration().orElse(Double.MAX_VALUE);
    if (info.seconds().isEmpty()) {
      return request.duration().map(seconds -> Math.max(1, Math.round(seconds * rate)));
    }
    double seconds = Math.min(most, Math.max(0, info.seconds().get() - request.start()));
    return Optional.of(Math.max(1, Math.round(seconds * rate)));
  }

  /** Whether the tones of its frames are mapped to those of a screen. */
  public boolean isToneMapped() {
    return FrameReader.isMapped(info, program);
  }

  /** Its frames. */
  public FrameSource frames(FrameRequest request) {
    return frames(request, Optional.empty());
  }

  /**
   * Its frames.
   *
   * @param sound where to put its sound meanwhile, if it cannot be opened again
   */
  public FrameSource frames(FrameRequest request, Optional<Path> sound) {
    if (!pictures.isEmpty()) {
      return new PictureFrames(pictures, request, limits);
    }
    Optional<InputStream> input =
        source.kind() == ClipSource.Kind.STANDARD_INPUT
            ? Optional.of(new SequenceInputStream(new ByteArrayInputStream(head), System.in))
            : Optional.empty();
    return new FrameReader(source, info, request, input, sound, program, limits);
  }
}
