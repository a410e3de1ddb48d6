package dev.deltadepth.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.distill.data.MemoryBudget;
import dev.deltadepth.distill.data.Photos;
import dev.deltadepth.distill.label.Supervision;
import dev.deltadepth.distill.loss.WeightedLosses;
import dev.deltadepth.distill.run.Standing;
import dev.deltadepth.distill.run.TrainingListener;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.weights.Initializer;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidatorTest {

  @TempDir Path folder;

  @Test
  void aTeachersMultipleNeedNotBeTheStudents() throws IOException {
    Tensors.threads(1);
    SmallRun.photos(folder, 2);
    Files.writeString(folder.resolve("torn.jpg"), "no picture");
    DepthNetwork student = DepthNetwork.delta();
    // 96x80 pixels at a shorter side of 48 in multiples of 16: not one of 32.
    PlainTeacher teacher = PlainTeacher.withNativeSize(48);
    Validator validator =
        new Validator(student, new WeightedLosses(Map.of("l1", 1.0)), heldOut(folder, teacher), 64);
    assertThat(validator.pictures()).isEqualTo(2);
    assertThat(teacher.smallestSide()).isEqualTo(48);
    try (TorchWeights weights =
        new TorchWeights(student.parameters(), Initializer.random(student.parameters(), 1))) {
      TrainingListener.Validation result = validator.validate(weights, 7);
      assertThat(result.step()).isEqualTo(7);
      assertThat(result.photos()).isEqualTo(2);
      assertThat(result.ssi()).isFinite().isPositive();
      assertThat(result.pearson()).isBetween(-1.0, 1.0);
      assertThat(validator.validate(weights, 7)).isEqualTo(result);
    }
  }

  private static TrainingData heldOut(Path folder, PlainTeacher teacher) {
    Photos all = Photos.find(List.of(folder), 0, 64, new MemoryBudget(1 << 24)).training();
    return TrainingData.of(new Photos.Split(all, all), Supervision.of(teacher));
  }

  @Test
  void aTeacherWithoutValuesIsNotAPerfectOne() throws IOException {
    Tensors.threads(1);
    SmallRun.photos(folder, 2);
    DepthNetwork student = DepthNetwork.delta();
    Validator validator =
        new Validator(
            student,
            new WeightedLosses(Map.of("l1", 1.0)),
            heldOut(folder, PlainTeacher.broken()),
            64);
    assertThat(validator.pictures()).isZero();
    try (TorchWeights weights =
        new TorchWeights(student.parameters(), Initializer.random(student.parameters(), 1))) {
      double loss = validator.validate(weights, 7).loss();
      assertThat(loss).isNaN();
      assertThat(Standing.BEFORE.after(loss, 7, 5).empty()).isTrue();
    }
  }

  @Test
  void correlationIsPearsons() {
    float[] a = {1, 2, 3, 4};
    assertThat(Validator.correlation(a, new float[] {3, 5, 7, 9})).isCloseTo(1, within(1e-12));
    assertThat(Validator.correlation(a, new float[] {4, 3, 2, 1})).isCloseTo(-1, within(1e-12));
    assertThat(Validator.correlation(a, new float[] {1, 3, 2, 4})).isCloseTo(0.8, within(1e-12));
    assertThat(Validator.correlation(a, new float[] {5, 5, 5, 5})).isZero();
  }
}
