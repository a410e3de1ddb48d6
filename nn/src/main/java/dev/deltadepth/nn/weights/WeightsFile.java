package dev.deltadepth.nn.weights;

import dev.deltadepth.nn.NetworkException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Files of weights of every kind that is read here: safetensors, and what PyTorch's {@code
 * torch.save} writes. The content says which it is, not the name.
 */
public final class WeightsFile {

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  /** How pickles of protocol 2 begin, and with them what PyTorch saved before version 1.6. */
  private static final byte[] PICKLE = {(byte) 0x80, 2};

  private WeightsFile() {}

  /**
   * Reads a file whole, its names as they are in it.
   *
   * @throws NetworkException if the file is missing, damaged or of another kind
   */
  public static Weights read(Path file) {
    byte[] start = start(file);
    if (startsWith(start, ZIP)) {
      return TorchFile.read(file);
    }
    if (startsWith(start, PICKLE)) {
      throw new NetworkException(
          file
              + " was saved by a PyTorch before 1.6; load it there and save it again with"
              + " torch.save(weights, ...)");
    }
    if (start.length > 8 && start[8] == '{') {
      return Safetensors.read(file);
    }
    throw new NetworkException(
        file
            + " is not a file of weights (it begins neither as safetensors nor as PyTorch's zip);"
            + " download it again, and see that it is the file and not the page about it");
  }

  private static byte[] start(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(9);
    } catch (NoSuchFileException e) {
      throw new NetworkException(file + " does not exist: check the name of the weights", e);
    } catch (IOException e) {
      throw new NetworkException(file + " cannot be read: name a file that may be read", e);
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
