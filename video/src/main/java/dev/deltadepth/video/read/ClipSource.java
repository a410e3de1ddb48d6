package dev.deltadepth.video.read;

import dev.deltadepth.io.FileException;
import dev.deltadepth.video.FfmpegProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where frames come from.
 *
 * @param kind what it is
 * @param text as the user named it
 * @param demuxers of FFmpeg that may read it, if it is a {@link Kind#FILE}; empty for all
 */
public record ClipSource(Kind kind, String text, List<String> demuxers) {
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(rtsps?|rtmps?|https?|srt|udp|rtp)://.+");
  private static final Pattern NUMBERED = Pattern.compile("%(0\\d+)?d");
  private static final String CAMERA = "camera:";

  /** What an address may open in turn, which excludes files. */
  private static final String NETWORK = "http,https,tcp,udp,tls,rtp,rtsp,rtmp,rtmps,srt,crypto,hls";

  /** The kinds of sources. */
  public enum Kind {
    /** A video in a file. */
    FILE,
    /** Pictures: a folder, or numbered ones such as {@code frame_%04d.png}. */
    PICTURES,
    /** A camera of this machine: {@code camera:0}. */
    CAMERA,
    /** A stream or a file of the network. */
    ADDRESS,
    /** Standard input. */
    STANDARD_INPUT
  }

  /** Copies the list. */
  public ClipSource {
    demuxers = List.copyOf(demuxers);
  }

  /** A source that all of FFmpeg's demuxers may read. */
  public ClipSource(Kind kind, String text) {
    this(kind, text, List.of());
  }

  /**
   * The source that a text names.
   *
   * @throws FileException if it is a file that does not exist
   */
  public static ClipSource of(String text) {
    if (text.equals("-")) {
      return new ClipSource(Kind.STANDARD_INPUT, text);
    }
    if (text.startsWith(CAMERA) && text.length() > CAMERA.length()) {
      return new ClipSource(Kind.CAMERA, text);
    }
    if (ADDRESS.matcher(text).matches()) {
      return new ClipSource(Kind.ADDRESS, text);
    }
    Path file = Path.of(text);
    if (Files.isDirectory(file)) {
      return new ClipSource(Kind.PICTURES, text);
    }
    if (!Files.exists(file)) {
      if (NUMBERED.matcher(text).find()) {
        return new ClipSource(Kind.PICTURES, text);
      }
      throw new FileException(text + " does not exist: check the path");
    }
    if (!Files.isReadable(file)) {
      throw new FileException("cannot read " + text + ": permission denied");
    }
    return new ClipSource(Kind.FILE, text);
  }

  /** Whether frames come at their own pace: they are late or lost if nobody takes them. */
  public boolean isLive() {
    return kind == Kind.CAMERA
        || (kind == Kind.ADDRESS && !text.toLowerCase(Locale.ROOT).startsWith("http"));
  }

  /** Whether it can be opened several times, each time from its start. */
  public boolean isRepeatable() {
    return kind == Kind.FILE || kind == Kind.PICTURES;
  }

  /** The file, of a {@link Kind#FILE}. */
  public Path file() {
    return Path.of(text);
  }

  /** A name for messages. */
  public String shown() {
    return kind == Kind.STANDARD_INPUT ? "standard input" : text;
  }

  /**
   * FFmpeg's options for this input. A file is its standard input ({@link #feed}), so that what it
   * names can open nothing else.
   */
  public List<String> input(FfmpegProgram program) {
    List<String> options = new ArrayList<>();
    switch (kind) {
      case FILE -> {
        if (!demuxers.isEmpty()) {
          options.addAll(List.of("-format_whitelist", String.join(",", demuxers)));
        }
        if (program.has("protocols", "fd")) {
          options.addAll(List.of("-protocol_whitelist", "fd", "-fd", "0", "-i", "fd:"));
        } else {
          options.addAll(
              List.of("-protocol_whitelist", "file", "-i", "file:" + file().toAbsolutePath()));
        }
      }
      case ADDRESS -> {
        options.addAll(List.of("-protocol_whitelist", NETWORK));
        if (text.toLowerCase(Locale.ROOT).startsWith("rtsp")) {
          options.addAll(List.of("-rtsp_transport", "tcp"));
        }
        options.addAll(List.of("-i", text));
      }
      case CAMERA -> options.addAll(camera());
      case STANDARD_INPUT -> options.addAll(List.of("-protocol_whitelist", "pipe", "-i", "pipe:0"));
      case PICTURES -> throw new IllegalStateException("pictures are read without FFmpeg");
    }
    return options;
  }

  /** Connects a program's standard input, where the source is a file. */
  public ProcessBuilder feed(ProcessBuilder command) {
    return kind == Kind.FILE ? command.redirectInput(file().toFile()) : command;
  }

  private List<String> camera() {
    String name = text.substring(CAMERA.length());
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return List.of("-f", "avfoundation", "-framerate", "30", "-i", name);
    }
    if (system.startsWith("windows")) {
      return List.of("-f", "dshow", "-i", "video=" + name);
    }
    String device = name.matches("\\d+") ? "/dev/video" + name : name;
    if (!Files.exists(Path.of(device))) {
      throw new FileException(
          text + ": there is no camera " + device + "; list them with ls /dev/video*");
    }
    return List.of("-f", "v4l2", "-i", device);
  }
}
