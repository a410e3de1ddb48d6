package dev.deltadepth.video.clip;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The maps of a clip's frames in a file, in 16 bits between the lowest and the highest value of
 * each. A file that ends in the middle of a map is good up to there.
 */
final class MapStore implements AutoCloseable {
  private static final int HEAD = 8;

  private final Path file;
  private final FileChannel channel;
  private final int width;
  private final int height;
  private final int record;
  private long count;

  /**
   * Opens a file, or begins one.
   *
   * @param width of the maps
   * @param height of the maps
   */
  MapStore(Path file, int width, int height) {
    this.file = file;
    this.width = width;
    this.height = height;
    this.record = HEAD + 2 * width * height;
    try {
      this.channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      this.count = channel.size() / record;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** How many maps there are, from that of the first frame on. */
  synchronized long count() {
    return count;
  }

  /** Appends the next map. */
  synchronized void add(DepthMap map) {
    Normalization window = Normalization.of(map);
    char[] grey = grey(map, window);
    ByteBuffer bytes = ByteBuffer.allocate(record).putFloat(window.low()).putFloat(window.high());
    bytes.asCharBuffer().put(grey);
    write(bytes.clear());
    count++;
  }

  private void write(ByteBuffer bytes) {
    try {
      long at = count * record;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** A map as {@link #get} would give it after {@link #add}. */
  static DepthMap rounded(DepthMap map) {
    Normalization window = Normalization.of(map);
    return map(window, grey(map, window), map.width(), map.height());
  }

  /**
   * A map.
   *
   * @param index below {@link #count}
   */
  DepthMap get(long index) {
    ByteBuffer bytes = ByteBuffer.allocate(record);
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, index * record + bytes.position()) < 0) {
          throw new IOException("it ends too early");
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
    bytes.flip();
    Normalization window = new Normalization(bytes.getFloat(), bytes.getFloat());
    char[] grey = new char[width * height];
    bytes.asCharBuffer().get(grey);
    return map(window, grey, width, height);
  }

  private static char[] grey(DepthMap map, Normalization window) {
    float[] values = map.data();
    char[] grey = new char[values.length];
    float scale = window.high() > window.low() ? 65534 / (window.high() - window.low()) : 0;
    for (int i = 0; i < values.length; i++) {
      float value = values[i];
      grey[i] = (char) (Float.isFinite(value) ? 1.5f + (value - window.low()) * scale : 0);
    }
    return grey;
  }

  private static DepthMap map(Normalization window, char[] grey, int width, int height) {
    float[] values = new float[grey.length];
    float step = (window.high() - window.low()) / 65534;
    for (int i = 0; i < values.length; i++) {
      values[i] = grey[i] == 0 ? Float.NaN : window.low() + (grey[i] - 1) * step;
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, width, height, values);
  }

  private FileException failed(IOException e) {
    return new FileException(
        "cannot keep maps in " + file + " (" + e.getMessage() + "): check that the disk has space",
        e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Keeps the maps of new frames, in order, before they are made steady, and rounds them as those
   * that were kept.
   */
  Steadiness before(Steadiness inner) {
    return new Steadiness() {
      private long index;

      @Override
      public List<DepthMap> add(RgbImage frame, DepthMap map) {
        if (index++ < count()) {
          return inner.add(frame, map);
        }
        MapStore.this.add(map);
        return inner.add(frame, rounded(map));
      }

      @Override
      public List<DepthMap> finish() {
        return inner.finish();
      }

      @Override
      public boolean cut() {
        return inner.cut();
      }
    };
  }
}
