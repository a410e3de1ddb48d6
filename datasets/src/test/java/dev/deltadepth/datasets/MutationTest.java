package dev.deltadepth.datasets;

import dev.deltadepth.io.Mutations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Struct;

/** Data sets of which one file was changed, and whose other files are whole. */
class MutationTest {
  private static final int WIDTH = 5;
  private static final int HEIGHT = 4;

  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void createRoot() throws IOException {
    root = Files.createDirectory(folder.resolve("data"));
  }

  private void mutate(String name, String format) throws IOException {
    Path file = root.resolve(name);
    new Mutations(name, List.of(Files.readAllBytes(file)))
        .run(
            file,
            changed -> {
              try (DataSet data = DataSets.open(DataSets.named(format).orElseThrow(), root)) {
                for (SampleSet set : data.sets()) {
                  for (Sample sample : set.samples()) {
                    sample.image();
                    sample.truth();
                  }
                }
              }
            });
  }

  private static void writeSplit(Path file) throws IOException {
    Matrix indices = Mat5.newMatrix(2, 1);
    indices.setDouble(0, 2);
    indices.setDouble(1, 5);
    Mat5.writeToFile(
        Mat5.newMatFile().addArray("testNdxs", indices).addArray("trainNdxs", Mat5.newMatrix(1, 1)),
        file.toFile());
  }

  @ParameterizedTest
  @CsvSource({"nyu_depth_v2_labeled.mat", "splits.mat"})
  void nyu(String name) throws IOException {
    String resource = "nyu_depth_v2_labeled.mat.gz.base64";
    try (InputStream text = Objects.requireNonNull(NyuTest.class.getResourceAsStream(resource));
        InputStream mat = new GZIPInputStream(Base64.getMimeDecoder().wrap(text))) {
      Files.copy(mat, root.resolve("nyu_depth_v2_labeled.mat"));
    }
    writeSplit(root.resolve("splits.mat"));
    mutate(name, "nyu");
  }

  @ParameterizedTest
  @CsvSource({"corridor_01.mat", "imagelist.txt"})
  void ibims(String name) throws IOException {
    Struct data = Mat5.newStruct();
    data.set("rgb", Mat5.newMatrix(new int[] {HEIGHT, WIDTH, 3}, MatlabType.UInt8));
    data.set("depth", Mat5.newMatrix(HEIGHT, WIDTH));
    data.set("mask_invalid", Mat5.newMatrix(HEIGHT, WIDTH, MatlabType.UInt8));
    data.set("mask_transp", Mat5.newLogical(HEIGHT, WIDTH));
    Mat5.writeToFile(
        Mat5.newMatFile().addArray("data", data), root.resolve("corridor_01.mat").toFile());
    Files.writeString(root.resolve("imagelist.txt"), "corridor_01\n");
    mutate(name, "ibims");
  }

  @Test
  void listsOfTum() throws IOException {
    Pictures.png(root.resolve("sequence/a.png"), WIDTH, HEIGHT, 7);
    Pictures.depth(root.resolve("sequence/b.png"), WIDTH, HEIGHT, (x, y) -> 5000);
    Files.writeString(root.resolve("sequence/rgb.txt"), "# time file\n1305031910.7653 a.png\n");
    Files.writeString(root.resolve("sequence/depth.txt"), "# time file\n1305031910.7712 b.png\n");
    mutate("sequence/depth.txt", "tum");
  }

  @Test
  void descriptionsOfPairs() throws IOException {
    Pictures.png(root.resolve("rgb/a.png"), WIDTH, HEIGHT, 7);
    Pictures.depth(root.resolve("depth/a.png"), WIDTH, HEIGHT, (x, y) -> 5000);
    Files.writeString(
        root.resolve("eval.json"),
        """
        {"format": 1, "sets": [
          {"name": "rooms", "rgb": "rgb", "depth": "depth", "kind": "depth_mm16"}]}
        """);
    mutate("eval.json", "pairs");
  }
}
