package dev.deltadepth.video.write;

import dev.deltadepth.io.FileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of video files that are written. */
public enum Container {
  /** MPEG-4, which plays everywhere. */
  MP4("mp4", ".mp4 .m4v", "aac mp3 ac3 eac3 alac opus", "aac"),
  /** QuickTime. */
  MOV("mov", ".mov", "aac mp3 ac3 alac pcm_s16le pcm_s16be", "aac"),
  /** Matroska, which holds everything. */
  MKV("matroska", ".mkv", "", "aac"),
  /** For browsers. */
  WEBM("webm", ".webm", "opus vorbis", "libopus");

  private final String muxer;
  private final String endings;
  private final String sounds;
  private final String encoder;

  Container(String muxer, String endings, String sounds, String encoder) {
    this.muxer = muxer;
    this.endings = endings;
    this.sounds = sounds;
    this.encoder = encoder;
  }

  /** FFmpeg's name of what writes it. */
  String muxer() {
    return muxer;
  }

  /** Whether it can hold sound of a codec as it is. */
  boolean holds(String sound) {
    return this == MKV || List.of(sounds.split(" ")).contains(sound);
  }

  /** FFmpeg's encoder for sound that it cannot hold as it is. */
  String soundEncoder() {
    return encoder;
  }

  /** The ending of its files. */
  public String ending() {
    return List.of(endings.split(" ")).get(0);
  }

  /** The container that a file's ending names. */
  public static Optional<Container> of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(container -> Arrays.stream(container.endings.split(" ")).anyMatch(name::endsWith))
        .findFirst();
  }

  /** The endings of all. */
  public static List<String> allEndings() {
    return Arrays.stream(values())
        .flatMap(container -> Arrays.stream(container.endings.split(" ")))
        .toList();
  }

  /**
   * The kind of video that a file's name asks for.
   *
   * @throws FileException if it asks for none
   */
  public static Container require(Path file) {
    return of(file)
        .orElseThrow(
            () ->
                new FileException(
                    "the name of a video must end in "
                        + String.join(", ", allEndings())
                        + ": "
                        + file));
  }
}
