package dev.deltadepth.nn.weights;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.io.Mutations;
import dev.deltadepth.nn.weights.TorchFiles.PickleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changed files of weights: see {@link Mutations}. */
class MutationTest {
  @TempDir Path folder;

  private static Weights weights() {
    return Weights.of(
        Map.of(
            "a", new FloatArray(new int[] {2, 3}, new float[6]),
            "b", new FloatArray(new int[] {1}, new float[1])));
  }

  @Test
  void weightsOfPyTorch() throws IOException {
    Path good = folder.resolve("good.pth");
    TorchFiles.write(weights(), good);
    new Mutations("pth", List.of(Files.readAllBytes(good)))
        .run(folder.resolve("a.pth"), WeightsFile::read);
  }

  /** The list of operations in it, behind a check sum that no change of the whole file passes. */
  @Test
  void picklesOfPyTorch() throws IOException {
    byte[] pickle =
        new PickleWriter()
            .orderedDict()
            .bytes('(')
            .text("a")
            .tensor("FloatStorage", "0", 6, 0, new long[] {2, 3}, new long[] {3, 1})
            .bytes('u')
            .toBytes();
    Path file = folder.resolve("a.pth");
    new Mutations("pickle", List.of(pickle))
        .run(
            file,
            changed -> {
              byte[] content = Files.readAllBytes(changed);
              Files.delete(changed);
              TorchFiles.write(content, Map.of("0", new byte[24]), changed);
              WeightsFile.read(changed);
            });
  }

  @Test
  void safetensors() throws IOException {
    Path good = folder.resolve("good.safetensors");
    Safetensors.write(weights(), good);
    new Mutations("safetensors", List.of(Files.readAllBytes(good)))
        .run(folder.resolve("a.safetensors"), Safetensors::read);
  }
}
