package dev.deltadepth.nn.weights;

import dev.deltadepth.io.RegularFile;
import dev.deltadepth.nn.NetworkException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Weights files of all supported formats: safetensors, and what PyTorch's {@code torch.save}
 * writes. The format is detected from the content, not the name.
 */
public final class WeightsFile {

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  /** Start of a pickle of protocol 2, and so of files saved by PyTorch before version 1.6. */
  private static final byte[] PICKLE = {(byte) 0x80, 2};

  private WeightsFile() {}

  /**
   * Reads a whole file, with the names in it.
   *
   * @throws NetworkException if the file is missing, damaged or of another format
   */
  public static Weights read(Path file) {
    byte[] start = start(file);
    if (startsWith(start, ZIP)) {
      return TorchFile.read(file);
    }
    if (startsWith(start, PICKLE)) {
      throw new NetworkException(
          file
              + " was saved by PyTorch before 1.6; load it with a newer PyTorch and save it"
              + " again with torch.save(weights, ...)");
    }
    if (start.length > 8 && start[8] == '{') {
      return Safetensors.read(file);
    }
    throw new NetworkException(
        file
            + " is not a weights file (neither safetensors nor a PyTorch zip archive); download it"
            + " again, and check that you saved the file itself, not its web page");
  }

  private static byte[] start(Path file) {
    RegularFile.require(file);
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(9);
    } catch (NoSuchFileException e) {
      throw new NetworkException(file + " does not exist; check the path of the weights", e);
    } catch (IOException e) {
      throw new NetworkException("cannot read " + file + "; check that it is a readable file", e);
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
