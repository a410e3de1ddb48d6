package dev.deltadepth.distill.run;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where everything of a run lies: what it was told, what it did, what came of it.
 *
 * @param folder of the run
 */
public record RunFolder(Path folder) {

  private static final float SHEET_QUALITY = 0.85f;

  /** What was done, with every default and every number said outright; enough to do it again. */
  public Path recipe() {
    return folder.resolve("recipe.yaml");
  }

  /** A row every few steps. */
  public Path metrics() {
    return folder.resolve("metrics.csv");
  }

  /** A row a validation. */
  public Path validation() {
    return folder.resolve("validation.csv");
  }

  /** What happened when. */
  public Path log() {
    return folder.resolve("log.txt");
  }

  /** The loss, drawn. */
  public Path lossPlot() {
    return folder.resolve("loss.png");
  }

  /** The error on the photos held out, drawn by step. */
  public Path errorPlot() {
    return folder.resolve("error.png");
  }

  /** The learning rate, drawn. */
  public Path ratePlot() {
    return folder.resolve("rate.png");
  }

  /** Photos held out with the teacher's and the student's maps after a step. */
  public Path sheet(long step) {
    return folder.resolve("maps").resolve("step-%06d.jpg".formatted(step));
  }

  /** Held-out photos with the teacher's and the finished model's maps, worst first. */
  public Path comparison() {
    return folder.resolve("comparison.jpg");
  }

  /** Where the weights came from. */
  public Path provenance() {
    return folder.resolve("provenance.json");
  }

  /** The same for people. */
  public Path modelCard() {
    return folder.resolve("model-card.md");
  }

  /** The weights with the smallest loss on the photos held out, so far. */
  public Path best() {
    return folder.resolve("best.safetensors");
  }

  /** The weights that came out. */
  public Path weights(String name) {
    return folder.resolve(name + ".safetensors");
  }

  /** The model that came out. */
  public Path model(String name) {
    return folder.resolve(name + ".onnx");
  }

  /** The pictures of a run on rendered scenes, and their exact depth. */
  public Path scenes() {
    return folder.resolve("scenes");
  }

  /** Makes the folder, and says what will be done in it. */
  public void begin(Recipe recipe) {
    try {
      Files.createDirectories(folder);
      Files.createDirectories(folder.resolve("maps"));
    } catch (IOException e) {
      throw new DistillException(folder + " cannot be written; choose another run folder", e);
    }
    write(recipe(), recipe.mapped(this::relative).toYaml());
  }

  /** A file's name as seen from the run's folder, so that the recipe there can be run again. */
  private String relative(String path) {
    Path absolute = Path.of(path).toAbsolutePath().normalize();
    Path here = folder.toAbsolutePath().normalize();
    return absolute.getRoot().equals(here.getRoot())
        ? here.relativize(absolute).toString()
        : absolute.toString();
  }

  public void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  public void write(Path file, RgbImage image) {
    ImageFiles.writeJpeg(image, file, SHEET_QUALITY);
  }
}
