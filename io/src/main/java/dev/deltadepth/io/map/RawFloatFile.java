package dev.deltadepth.io.map;

import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Reads files that consist of little-endian float32 values. */
public final class RawFloatFile {
  private RawFloatFile() {}

  /**
   * Reads a file.
   *
   * @param count how many values it holds
   * @throws FileException if the file is missing or holds another number of values
   */
  public static float[] read(Path file, int count) {
    byte[] content = ImageFiles.content(file);
    if (content.length != 4L * count) {
      throw new FileException(
          file
              + " has "
              + content.length
              + " bytes, but "
              + 4L * count
              + " ("
              + count
              + " float32) are expected: copy it again");
    }
    float[] values = new float[count];
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
