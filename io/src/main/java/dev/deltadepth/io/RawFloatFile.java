package dev.deltadepth.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Files of float32 values and nothing else, little-endian. */
public final class RawFloatFile {
  private RawFloatFile() {}

  /**
   * Reads a file.
   *
   * @param count how many values it must hold
   * @throws FileException if the file is missing or holds another number of values
   */
  public static float[] read(Path file, int count) {
    byte[] content = ImageFiles.content(file);
    if (content.length != 4L * count) {
      throw new FileException(
          file
              + " has "
              + content.length
              + " bytes where "
              + 4L * count
              + " ("
              + count
              + " float32) belong: copy it again");
    }
    float[] values = new float[count];
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
