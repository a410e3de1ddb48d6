package dev.deltadepth.distill.recipe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recipes that cannot be followed, and what their authors are told. */
class RefusedRecipeTest {

  private static final String TEXT = RecipeTest.TEXT;

  @TempDir Path folder;

  private Recipe read(String text) throws IOException {
    return Recipe.read(Files.writeString(folder.resolve("recipe.yaml"), text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed: 7                    | sede: 7                     | sede",
        "validation: 0.1            | validatoin: 0.1             | validatoin",
        "model: teacher.onnx        | modle: teacher.onnx         | modle",
        "batch: 8                   | bach: 8                     | bach",
        "clip: 1                    | clips: 1                    | clips",
        "steps: 100                 | steps: 100, label-sice: 96  | label-sice",
        "ssi: 1                     | sssi: 1                     | sssi",
        "average: 0.99              | averages: 0.99              | averages",
      })
  void aWrongKeyIsNamed(String right, String wrong, String key) {
    assertThatThrownBy(() -> read(TEXT.replace(right, wrong)))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("recipe.yaml")
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: small                |                             | name",
        "seed: 7          | seed: 1.5           | seed must be a whole number, not 1.5",
        "precision: bf16  | precision: 0        | precision must be one of fp32, bf16, not 0",
        "seed: 7          | keep: 1             | keep must be one of last, best, not 1",
        "seed: 7          | augmentation: much  | augmentation must be keys and values in { }, not 'much'",
        "clip: 1          | clip: high          | optimizer: clip must be a number, not 'high'",
        "folder: photos,  | folder: [photos],   | photos: folder must be a name",
        "seed: 7          | truth: {data: a}    | truth must be a list in [ ]",
        "ssi: 1           | ssi: much           | losses must be keys with numbers",
        "steps: 100       | steps: 99999999999  | stages: steps must be a whole number",
        "seed: 7 | truth: [{data: a}]                             | validation: 1",
        "seed: 7 | truth: [{share: 0.5}]                          | truth: data",
        "seed: 7 | truth: [{data: a, share: 1.5}]                 | truth: share",
        "seed: 7 | truth: [{data: a, share: 0.5, validation: 2}]  | truth: validation",
        "seed: 7 | truth: [{data: a, share: 1}]                   | less than 1",
        "folder: photos,            |                             | photos: folder",
        "model: teacher.onnx        |                             | teacher: model",
        "precision: bf16            | precision: int8             | precision",
        "seed: 7                    | seed: seven                 | seed",
        "batch: 8                   | batch: few                  | stages: batch",
        "validation: 0.1            | validation: 0.9             | photos: validation",
        "smallest-crop: 0.5         | smallest-crop: 0            | photos: smallest-crop",
        "shorter-side: 384          | shorter-side: 10            | photos: shorter-side",
        "memory: 1                  | memory: -1                  | photos: memory",
        "size: 64                   | size: 65                    | stages: size",
        "size: 64                   | size: 0                     | stages: size",
        "batch: 8                   | batch: 0                    | stages: batch",
        "steps: 100                 | steps: 0                    | stages: steps",
        "ssi: 1                     | ssi: 0                      | ssi",
        "ssi: 1                     | ssi:                        | ssi",
        "{ssi: 1, l1: 0.5}          | {}                          | loss",
        "{ssi: 1, l1: 0.5}          | {features: 1}               | loss",
        "rate: 0.002                | rate: 0                     | optimizer: rate",
        "weight-decay: 0.05         | weight-decay: -1            | optimizer: weight-decay",
        "warm-up: 10                | warm-up: -1                 | optimizer: warm-up",
        "clip: 1                    | clip: 0                     | optimizer: clip",
        "average: 0.99              | average: 1                  | average",
        "native-size: 256           | native-size: 16             | native-size",
        "native-size: 256           | native-size: 250            | native-size must be a multiple of 32",
        "checkpoint-every: 20       | checkpoint-every: -1        | checkpoint-every",
        "validate-every: 30         | validate-every: -1          | validate-every",
        "steps: 100                 | steps: 100, epochs: 2       | either steps or epochs",
        "steps: 100                 | epochs: -1                  | stages: epochs",
        "name: small                | name: ../small              | name",
        "seed: 7                    | student: resnet             | student",
        "seed: 7                    | keep: all                   | keep",
        "seed: 7                    | early-stopping: -1          | early-stopping",
        "seed: 7                    | augmentation: {blur: 2}     | augmentation: blur",
        "clip: 1                    | clip: 1, name: lion         | optimizer: name",
        "clip: 1                    | clip: 1, schedule: steps    | optimizer: schedule",
        "clip: 1                    | clip: 1, accumulate: 0      | optimizer: accumulate",
        "clip: 1                    | clip: 1, momentum: 1        | optimizer: momentum",
        "clip: 1                    | clip: 1, encoder-rate: 2    | optimizer: encoder-rate",
        "clip: 1                    | clip: 1, patience: 0        | optimizer: patience",
        "steps: 100                 | steps: 100, statistics: all | statistics",
        "steps: 100                 | steps: 9, statistics: running | name weights in start",
        "model: teacher.onnx        | name: oracle                | unknown teacher",
        "model: teacher.onnx        | name: cached                | teacher: labels",
        "model: teacher.onnx        | name: student               | teacher: weights",
        "model: teacher.onnx        | name: depth-anything-v2     | teacher: weights",
        "model: teacher.onnx        | name: views                 | teacher: of",
        "model: teacher.onnx        | name: scenes                | scenes",
        "folder: photos,            | scenes: 10,                 | scenes",
        "folder: photos,            | folder: photos, scene-height: 9, | scene-height",
        "folder: photos,            | folder: photos, scene-share: 0.2, | scene-share",
      })
  void aWrongValueIsNamed(String right, String wrong, String key) {
    assertThatThrownBy(() -> read(TEXT.replace(right, wrong == null ? "" : wrong)))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("recipe.yaml")
        .hasMessageContaining(key)
        .hasMessageNotContaining("NullPointer")
        .hasMessageNotContaining("fasterxml")
        .hasMessageNotContaining("Cannot");
  }

  @Test
  void whatIsNoRecipeIsNamed() {
    assertThatThrownBy(() -> Recipe.read(folder.resolve("none.yaml")))
        .isInstanceOf(DistillException.class)
        .hasMessageStartingWith("cannot read ")
        .hasMessageContaining("none.yaml");
    assertThatThrownBy(() -> read("{ this is: [not yaml"))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("recipe.yaml is not a recipe");
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("recipe.yaml");
    assertThatThrownBy(() -> read(TEXT.replace("  - {size: 96", "  -\n  - {size: 96")))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("stages");
  }
}
