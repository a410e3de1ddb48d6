package dev.deltadepth.video;

import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Picture;
import dev.deltadepth.io.PictureKind;
import dev.deltadepth.io.PictureLimits;
import dev.deltadepth.io.PictureReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pictures that FFmpeg reads: of kinds of its own, and what Java's own readers refuse. */
public final class FfmpegPictures implements PictureReader {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Bytes of a picture on its way from FFmpeg. */
  private static final int LARGEST = 1 << 30;

  /** FFmpeg's name of the input, and options for its decoder. */
  private static final Map<PictureKind, List<String>> INPUTS =
      new EnumMap<>(
          Map.of(
              PictureKind.JPEG_2000, List.of("j2k_pipe"),
              PictureKind.EXR, List.of("exr_pipe", "-apply_trc", "iec61966_2_1"),
              PictureKind.WEBP, List.of("webp_pipe"),
              PictureKind.TIFF, List.of("tiff_pipe"),
              PictureKind.BMP, List.of("bmp_pipe")));

  /** For {@link java.util.ServiceLoader}. */
  public FfmpegPictures() {}

  @Override
  public boolean reads(PictureKind kind) {
    return kind == PictureKind.HEIC || kind == PictureKind.AVIF || INPUTS.containsKey(kind);
  }

  @Override
  public Optional<StoredDepth> depth(byte[] content, PictureKind kind, String name) {
    return kind == PictureKind.HEIC ? HeifPicture.depth(content, name) : Optional.empty();
  }

  @Override
  public Picture read(byte[] content, PictureKind kind, String name, PictureLimits limits) {
    if (kind == PictureKind.HEIC || kind == PictureKind.AVIF) {
      return HeifPicture.read(content, name, limits);
    }
    List<String> input = INPUTS.getOrDefault(kind, List.of());
    List<String> arguments = new ArrayList<>(List.of("-f", input.get(0)));
    arguments.addAll(input.subList(1, input.size()));
    // Without it, kinds that FFmpeg does not parse would be cut into pieces.
    arguments.addAll(List.of("-frame_size", Integer.toString(content.length)));
    arguments.addAll(
        List.of("-err_detect", "explode", "-xerror", "-i", "pipe:0", "-frames:v", "1"));
    arguments.addAll(
        List.of("-c:v", "png", "-compression_level", "1", "-f", "image2pipe", "pipe:1"));
    byte[] png;
    try {
      png = Ffmpeg.run(arguments, content, LIMIT, Ffmpeg.bytes(LARGEST));
    } catch (FfmpegException e) {
      throw new FileException(
          name
              + " is cut off, damaged or of an unknown variant of "
              + kind.label()
              + " ("
              + e.getMessage()
              + "); export it again",
          e);
    }
    return ImageFiles.picture(png, name, limits);
  }
}
