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
import java.util.Locale;

/**
 * The files of a run: its recipe, its logs and its results.
 *
 * @param folder of the run
 */
public record RunFolder(Path folder) {

  private static final float SHEET_QUALITY = 0.85f;

  /** The recipe with all defaults and numbers explicit; enough to repeat the run. */
  public Path recipe() {
    return folder.resolve("recipe.yaml");
  }

  /** Training table with a row every few steps. */
  public Path metrics() {
    return folder.resolve("metrics.csv");
  }

  /** Validation table with a row per validation. */
  public Path validation() {
    return folder.resolve("validation.csv");
  }

  /** The held-out photos, one file a line. */
  public Path heldOut() {
    return folder.resolve("held-out.txt");
  }

  /** The tables once more, as TensorBoard reads them. */
  Path events() {
    return folder.resolve("events.out.tfevents.delta");
  }

  /** Log with times. */
  public Path log() {
    return folder.resolve("log.txt");
  }

  /** Plot of the loss. */
  public Path lossPlot() {
    return folder.resolve("loss.png");
  }

  /** Plot of the error on the held-out photos. */
  public Path errorPlot() {
    return folder.resolve("error.png");
  }

  /** Plot of the learning rate. */
  public Path ratePlot() {
    return folder.resolve("rate.png");
  }

  /** Held-out photos with the teacher's and the student's maps after a step. */
  public Path sheet(long step) {
    return folder.resolve("maps").resolve(String.format(Locale.ROOT, "step-%06d.jpg", step));
  }

  /** Held-out photos with the teacher's and the exported model's maps, worst first. */
  public Path comparison() {
    return folder.resolve("comparison.jpg");
  }

  /** Crops of the recipe and what is to be learned from them. */
  public Path crops() {
    return folder.resolve("crops.jpg");
  }

  /** Provenance of the weights as JSON. */
  public Path provenance() {
    return folder.resolve("provenance.json");
  }

  /** Model card in Markdown. */
  public Path modelCard() {
    return folder.resolve("model-card.md");
  }

  /** The weights with the smallest loss on the held-out photos so far. */
  public Path best() {
    return folder.resolve("best.safetensors");
  }

  /** The final weights. */
  public Path weights(String name) {
    return folder.resolve(name + ".safetensors");
  }

  /** The exported model. */
  public Path model(String name) {
    return folder.resolve(name + ".onnx");
  }

  /** Rendered scenes and their exact depth. */
  public Path scenes() {
    return folder.resolve("scenes");
  }

  /** Creates the folder and writes the recipe. */
  public void begin(Recipe recipe) {
    create();
    write(recipe(), recipe.mapped(this::relative).toYaml());
  }

  /** Creates the folder; what it holds stays. */
  public void create() {
    try {
      Files.createDirectories(folder);
      Files.createDirectories(folder.resolve("maps"));
    } catch (IOException e) {
      throw new DistillException("cannot write " + folder + "; choose another run folder", e);
    }
  }

  /** A path relative to the run folder, so that the recipe there can be run again. */
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
