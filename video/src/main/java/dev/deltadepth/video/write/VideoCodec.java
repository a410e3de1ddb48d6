package dev.deltadepth.video.write;

import dev.deltadepth.video.FfmpegException;
import dev.deltadepth.video.FfmpegProgram;
import java.util.ArrayList;
import java.util.List;

/** What frames are encoded with: the best that an FFmpeg has, at a constant quality. */
public enum VideoCodec {
  /** H.264, or MPEG-4 part 2 where there is no H.264. */
  H264(
      "libx264 -preset veryfast -crf 18",
      "libopenh264 -qmin 20 -qmax 20",
      "h264_videotoolbox -q:v 65",
      "h264_mf -quality 80 -rate_control quality",
      "mpeg4 -q:v 3"),
  /** VP9. */
  VP9("libvpx-vp9 -b:v 0 -crf 28 -deadline realtime -cpu-used 6 -row-mt 1"),
  /** FFV1, 16-bit grey without loss. */
  FFV1("ffv1 -level 3");

  /** H.264's encoders refuse smaller frames. */
  private static final int SMALLEST = 16;

  private static final int MOST_OF_MPEG4 = 65_535;

  private static final String FROM_RGB = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p";
  private static final String FROM_PLANES =
      "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv";

  /** Two pictures beside each other would be taken for one of wide pixels. */
  private static final String SQUARE = ",setsar=1";

  /** Those to choose from, with their options, a line each. */
  private final String encoders;

  VideoCodec(String... encoders) {
    this.encoders = String.join("\n", encoders);
  }

  /**
   * FFmpeg's options.
   *
   * @param planar whether frames come as {@link Drawn.Planes}
   * @throws FfmpegException if it has none of the encoders
   */
  List<String> options(FfmpegProgram program, boolean planar) {
    List<String> encoder = encoder(program);
    List<String> options = new ArrayList<>(List.of("-c:v"));
    options.addAll(encoder);
    // A key frame every few seconds, so that players can jump.
    options.addAll(List.of("-g", this == FFV1 ? "1" : "120"));
    if (this == FFV1) {
      options.addAll(List.of("-pix_fmt", "gray16le"));
      return options;
    }
    options.addAll(List.of("-vf", (planar ? FROM_PLANES : FROM_RGB) + SQUARE));
    options.addAll(List.of("-colorspace", "bt709", "-color_primaries", "bt709"));
    options.addAll(List.of("-color_trc", "bt709", "-color_range", "tv"));
    return options;
  }

  /** The encoder's name. */
  public String encoderName(FfmpegProgram program) {
    return encoder(program).get(0);
  }

  private List<String> encoder(FfmpegProgram program) {
    List<List<String>> all = encoders.lines().map(line -> List.of(line.split(" "))).toList();
    return all.stream()
        .filter(one -> program.has("encoders", one.get(0)))
        .findFirst()
        .orElseThrow(
            () ->
                new FfmpegException(
                    "%s has no encoder for %s (%s); choose another ending for -o, or another program with --ffmpeg"
                        .formatted(
                            program,
                            this,
                            String.join(", ", all.stream().map(one -> one.get(0)).toList()))));
  }

  /** Ticks a second that it takes, of those wanted. */
  int timescale(FfmpegProgram program, int wanted) {
    boolean small = encoderName(program).equals("mpeg4");
    int scale = wanted;
    while (small && scale > MOST_OF_MPEG4) {
      scale /= 2;
    }
    return scale;
  }

  /** The width or height of a frame that it encodes, at least the one given. */
  public int side(int pixels) {
    return this == FFV1 ? pixels : Math.max(SMALLEST, pixels + (pixels & 1));
  }
}
