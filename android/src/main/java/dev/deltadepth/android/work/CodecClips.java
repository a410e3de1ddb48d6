package dev.deltadepth.android.work;

import android.media.Image;
import android.media.MediaCodec;
import android.media.MediaCodecInfo;
import android.media.MediaFormat;
import android.media.MediaMuxer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.live.YuvFrame;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Clips in MP4 with H.264, which every phone encodes and plays. */
public final class CodecClips implements Clips {
  private static final String AVC = MediaFormat.MIMETYPE_VIDEO_AVC;

  /** Sides that all encoders take are multiples of it. */
  private static final int BLOCK = 16;

  private static final int BITS_PER_PIXEL = 6;
  private static final int FRAMES_PER_SECOND = 15;
  private static final int SECONDS_BETWEEN_KEYS = 1;
  private static final long PATIENCE_MICROS = 10_000;

  /** How often a full encoder is asked again before it counts as broken. */
  private static final int ATTEMPTS = 500;

  @Override
  public Writer begin(File file, int width, int height) throws IOException {
    int columns = width / BLOCK * BLOCK;
    int rows = height / BLOCK * BLOCK;
    if (columns == 0 || rows == 0) {
      throw new IOException("a clip of " + width + "x" + height + " pixels is too small");
    }
    MediaFormat format = MediaFormat.createVideoFormat(AVC, columns, rows);
    format.setInteger(
        MediaFormat.KEY_COLOR_FORMAT, MediaCodecInfo.CodecCapabilities.COLOR_FormatYUV420Flexible);
    format.setInteger(MediaFormat.KEY_BIT_RATE, BITS_PER_PIXEL * columns * rows);
    format.setInteger(MediaFormat.KEY_FRAME_RATE, FRAMES_PER_SECOND);
    format.setInteger(MediaFormat.KEY_I_FRAME_INTERVAL, SECONDS_BETWEEN_KEYS);
    format.setInteger(MediaFormat.KEY_COLOR_STANDARD, MediaFormat.COLOR_STANDARD_BT601_NTSC);
    format.setInteger(MediaFormat.KEY_COLOR_RANGE, MediaFormat.COLOR_RANGE_LIMITED);
    MediaCodec codec = MediaCodec.createEncoderByType(AVC);
    try {
      codec.configure(format, null, null, MediaCodec.CONFIGURE_FLAG_ENCODE);
      codec.start();
      MediaMuxer muxer =
          new MediaMuxer(file.getPath(), MediaMuxer.OutputFormat.MUXER_OUTPUT_MPEG_4);
      return new CodecWriter(codec, muxer, columns, rows);
    } catch (IllegalArgumentException | IllegalStateException | IOException e) {
      codec.release();
      throw new IOException("the encoder refuses " + columns + "x" + rows + " pixels", e);
    }
  }

  private static final class CodecWriter implements Writer {
    private final MediaCodec codec;
    private final MediaMuxer muxer;
    private final int columns;
    private final int rows;
    private final MediaCodec.BufferInfo info = new MediaCodec.BufferInfo();
    private int track = -1;
    private long last;
    private boolean filled;
    private boolean closed;

    CodecWriter(MediaCodec codec, MediaMuxer muxer, int columns, int rows) {
      this.codec = codec;
      this.muxer = muxer;
      this.columns = columns;
      this.rows = rows;
    }

    @Override
    public void add(RgbImage picture, long micros) throws IOException {
      try {
        int number = input();
        Image image = codec.getInputImage(number);
        if (image == null) {
          throw new IOException("the encoder takes no pictures");
        }
        YuvFrame frame = YuvFrame.of(picture);
        Image.Plane[] planes = image.getPlanes();
        copy(frame.y(), planes[0], columns, rows);
        copy(frame.u(), planes[1], columns / 2, rows / 2);
        copy(frame.v(), planes[2], columns / 2, rows / 2);
        last = micros;
        codec.queueInputBuffer(number, 0, columns * rows * 3 / 2, micros, 0);
        drain(false);
      } catch (IllegalStateException e) {
        throw new IOException("the encoder failed", e);
      }
    }

    private int input() throws IOException {
      for (int i = 0; i < ATTEMPTS; i++) {
        int number = codec.dequeueInputBuffer(PATIENCE_MICROS);
        if (number >= 0) {
          return number;
        }
        drain(false);
      }
      throw new IOException("the encoder does not go on");
    }

    private static void copy(YuvFrame.Plane from, Image.Plane to, int columns, int rows) {
      ByteBuffer out = to.getBuffer();
      int rowStride = to.getRowStride();
      int pixelStride = to.getPixelStride();
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          out.put(y * rowStride + x * pixelStride, (byte) from.value(x, y));
        }
      }
    }

    /** Writes what is encoded; at the end, all that is still to come. */
    private void drain(boolean toTheEnd) throws IOException {
      int idle = 0;
      while (idle < ATTEMPTS) {
        int number = codec.dequeueOutputBuffer(info, toTheEnd ? PATIENCE_MICROS : 0);
        if (number == MediaCodec.INFO_OUTPUT_FORMAT_CHANGED) {
          track = muxer.addTrack(codec.getOutputFormat());
          muxer.start();
        } else if (number >= 0) {
          idle = 0;
          write(number);
          if ((info.flags & MediaCodec.BUFFER_FLAG_END_OF_STREAM) != 0) {
            return;
          }
        } else if (toTheEnd) {
          idle++;
        } else {
          return;
        }
      }
      throw new IOException("the encoder does not end");
    }

    private void write(int number) {
      ByteBuffer encoded = codec.getOutputBuffer(number);
      boolean isPicture =
          info.size > 0 && (info.flags & MediaCodec.BUFFER_FLAG_CODEC_CONFIG) == 0 && track >= 0;
      if (encoded != null && isPicture) {
        muxer.writeSampleData(track, encoded, info);
        filled = true;
      }
      codec.releaseOutputBuffer(number, false);
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try {
        codec.queueInputBuffer(input(), 0, 0, last, MediaCodec.BUFFER_FLAG_END_OF_STREAM);
        drain(true);
        codec.stop();
        if (!filled) {
          throw new IOException("the clip has no pictures");
        }
        muxer.stop();
      } catch (IllegalStateException e) {
        throw new IOException("the encoder failed", e);
      } finally {
        codec.release();
        muxer.release();
      }
    }
  }
}
