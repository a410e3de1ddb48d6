package dev.deltadepth.video.read;

import java.util.Locale;
import java.util.Optional;

/**
 * What a video says about itself.
 *
 * @param width of a frame as it is seen, upright and with square pixels
 * @param height of a frame as it is seen
 * @param rate mean frames a second
 * @param timescale ticks a second in which all of its times are whole numbers
 * @param seconds its length, if it is known
 * @param stream the number of the stream of frames
 * @param begins when the first frame is shown, in seconds of the file
 * @param lead seconds that are read before a part: a search may end between the frames of which
 *     others are made; 0 where it ends at one that stands alone
 * @param sound the codec of its sound, if it has any
 * @param colours how its pixels are to be understood
 * @param interlaced whether a frame is two fields
 */
public record ClipInfo(
    int width,
    int height,
    double rate,
    int timescale,
    Optional<Double> seconds,
    int stream,
    double begins,
    double lead,
    Optional<String> sound,
    Colours colours,
    boolean interlaced) {

  /**
   * How pixels are to be understood, in FFmpeg's names.
   *
   * @param transfer from light to values, such as {@code bt709}
   * @param matrix from RGB to the stored channels, such as {@code bt709}; {@code unknown} if it is
   *     not said
   * @param yuv whether a matrix is needed
   */
  public record Colours(String transfer, String matrix, boolean yuv) {
    /** Brighter than screens are: its tones have to be mapped. */
    public boolean isHdr() {
      return transfer.equals("smpte2084") || transfer.equals("arib-std-b67");
    }
  }

  /** About how many frames it has, if its length is known. */
  public Optional<Long> frames() {
    return seconds.map(length -> Math.max(1, Math.round(length * rate)));
  }

  /** Its size: {@code 640x480}. */
  public String size() {
    return String.format(Locale.ROOT, "%dx%d", width, height);
  }
}
