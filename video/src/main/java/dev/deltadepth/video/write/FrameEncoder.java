package dev.deltadepth.video.write;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.video.Child;
import dev.deltadepth.video.FfmpegProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes frames into a file without sound. They go to FFmpeg in Matroska, whose times are
 * microseconds here.
 *
 * <p>Source: RFC 8794 (EBML) and RFC 9559 (Matroska).
 */
final class FrameEncoder implements AutoCloseable {
  private static final int CHANNELS = 3;
  private static final byte[] UNKNOWN_SIZE = {1, -1, -1, -1, -1, -1, -1, -1};
  private static final int SIDE_BY_SIDE = 1;

  private final Path shown;
  private final FrameShape shape;
  private final VideoCodec codec;
  private final int width;
  private final int height;
  private final Child child;
  private boolean ended;

  /**
   * Starts an encoder.
   *
   * @param file to write, in a container that any codec fits into
   * @param shown the file that the user asked for, for messages
   */
  FrameEncoder(
      Path file,
      Path shown,
      FrameShape shape,
      VideoCodec codec,
      FfmpegProgram program,
      Duration silence) {
    this.shown = shown;
    this.shape = shape;
    this.codec = codec;
    this.width = codec.side(shape.width());
    this.height = codec.side(shape.height());
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-f", "matroska", "-i", "pipe:0", "-fps_mode", "passthrough"));
    arguments.addAll(List.of("-enc_time_base", "1/" + codec.timescale(program, shape.timescale())));
    arguments.addAll(codec.options(program, shape.planar()));
    // Most containers round times; these two do not.
    arguments.addAll(List.of("-video_track_timescale", Integer.toString(shape.timescale())));
    arguments.addAll(List.of("-strict", "unofficial", "-f", segmentMuxer(codec), "file:" + file));
    this.child = Child.start(program.ffmpeg(arguments), silence);
    try {
      child.input().write(header());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static String segmentMuxer(VideoCodec codec) {
    return codec == VideoCodec.FFV1 ? "mov" : "mp4";
  }

  /** The next frame, in colours. */
  void write(RgbImage picture, long micros, long duration) {
    RgbImage whole = padded(picture);
    write(whole.data(), micros, duration);
  }

  /**
   * The next frame, in 16-bit grey.
   *
   * @param grey a value a pixel, row-major
   */
  void write(char[] grey, long micros, long duration) {
    byte[] bytes = new byte[2 * grey.length];
    for (int i = 0; i < grey.length; i++) {
      bytes[2 * i] = (byte) grey[i];
      bytes[2 * i + 1] = (byte) (grey[i] >> 8);
    }
    write(bytes, micros, duration);
  }

  /** The next frame, as its pixels are stored. */
  void write(byte[] data, long micros, long duration) {
    try {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      ByteArrayOutputStream end = new ByteArrayOutputStream();
      number(end, 0x9B, Math.max(1, duration));
      byte[] time = element(0xE7, bytes(micros, 8));
      int block = 4 + data.length;
      // Its id, an eight-byte size, and what follows: the track, a relative time of 0, no flags.
      int group = 1 + 8 + block + end.size();
      id(head, 0x1F43B675);
      size(head, time.length + 1 + 8 + group);
      head.writeBytes(time);
      id(head, 0xA0);
      size(head, group);
      id(head, 0xA1);
      size(head, block);
      head.writeBytes(new byte[] {(byte) 0x81, 0, 0, 0});
      OutputStream out = child.input();
      out.write(head.toByteArray());
      out.write(data);
      out.write(end.toByteArray());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** The picture with its last column and row repeated, until the encoder takes it. */
  private RgbImage padded(RgbImage picture) {
    if (picture.width() == width && picture.height() == height) {
      return picture;
    }
    byte[] out = new byte[CHANNELS * width * height];
    for (int y = 0; y < height; y++) {
      int row = Math.min(y, picture.height() - 1) * picture.width();
      for (int x = 0; x < width; x++) {
        int from = CHANNELS * (row + Math.min(x, picture.width() - 1));
        System.arraycopy(picture.data(), from, out, CHANNELS * (y * width + x), CHANNELS);
      }
    }
    return new RgbImage(width, height, out);
  }

  private byte[] header() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream ebml = new ByteArrayOutputStream();
    ebml.writeBytes(element(0x4282, "matroska".getBytes(StandardCharsets.US_ASCII)));
    out.writeBytes(element(0x1A45DFA3, ebml.toByteArray()));
    id(out, 0x18538067);
    out.writeBytes(UNKNOWN_SIZE);
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    // Nanoseconds of a tick: its times are microseconds.
    number(info, 0x2AD7B1, 1000);
    out.writeBytes(element(0x1549A966, info.toByteArray()));
    ByteArrayOutputStream video = new ByteArrayOutputStream();
    number(video, 0xB0, width);
    number(video, 0xBA, height);
    if (shape.stereo()) {
      number(video, 0x53B8, SIDE_BY_SIDE);
    }
    video.writeBytes(element(0x2EB524, pixels()));
    ByteArrayOutputStream track = new ByteArrayOutputStream();
    number(track, 0xD7, 1);
    number(track, 0x73C5, 1);
    number(track, 0x83, 1);
    number(track, 0x9C, 0);
    number(track, 0x23E383, Math.round(1e9 / shape.rate()));
    track.writeBytes(element(0x86, "V_UNCOMPRESSED".getBytes(StandardCharsets.US_ASCII)));
    track.writeBytes(element(0xE0, video.toByteArray()));
    out.writeBytes(element(0x1654AE6B, element(0xAE, track.toByteArray())));
    return out.toByteArray();
  }

  /** The name of the pixels' format, as in AVI. */
  private byte[] pixels() {
    if (codec == VideoCodec.FFV1) {
      return new byte[] {'Y', '1', 0, 16};
    }
    return shape.planar() ? new byte[] {'I', '4', '2', '0'} : new byte[] {'R', 'G', 'B', 24};
  }

  private static byte[] element(int id, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    id(out, id);
    size(out, content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, int id, long value) {
    out.writeBytes(element(id, bytes(value, 8)));
  }

  private static void id(ByteArrayOutputStream out, int id) {
    int count = (32 - Integer.numberOfLeadingZeros(id) + 7) / 8;
    out.writeBytes(bytes(id & 0xffffffffL, count));
  }

  private static void size(ByteArrayOutputStream out, long size) {
    out.writeBytes(bytes(size | 1L << 56, 8));
  }

  private static byte[] bytes(long value, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (value >> (8 * (count - 1 - i)));
    }
    return bytes;
  }

  /**
   * Ends the file.
   *
   * @throws FileException if FFmpeg failed
   */
  void end() {
    ended = true;
    if (child.end() != 0) {
      throw failed(new IOException("it failed"));
    }
  }

  private FileException failed(IOException cause) {
    if (!ended) {
      // Its exit code says nothing more, but its report is whole only when it has ended.
      child.end();
      ended = true;
    }
    return WriteProblem.of(shown, child.report(), cause);
  }

  /** Kills the encoder if it has not ended. */
  @Override
  public void close() {
    child.close();
  }
}
