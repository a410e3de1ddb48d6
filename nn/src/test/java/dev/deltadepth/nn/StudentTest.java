package dev.deltadepth.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTest {

  private static List<String> names(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::name).toList();
  }

  @ParameterizedTest
  @CsvSource({"32,32", "64,96", "256,256", "224,416"})
  void theMapHasThePicturesSizeAndTheFeaturesTheEncodersStrides(int height, int width) {
    CostOps costs = new CostOps();
    Student student = Student.delta();
    Student.Output<CostOps.Shape> output =
        student.apply(costs, new CostOps.Shape(2, 3, height, width));
    assertThat(output.disparity()).isEqualTo(new CostOps.Shape(2, 1, height, width));
    for (int i = 0; i < 5; i++) {
      int stride = student.encoder().strides().get(i);
      assertThat(output.features().get(i))
          .isEqualTo(
              new CostOps.Shape(
                  2, student.encoder().channels().get(i), height / stride, width / stride));
    }
    assertThat(costs.parameterCount()).isLessThanOrEqualTo(3_400_000);
    assertThat(costs.parameters())
        .as("the parameters do not depend on the size")
        .isEqualTo(student.parameters());
  }

  @Test
  void namesAreUniqueAndTheEncodersAreTimms() {
    List<String> all = names(Student.delta().parameters());
    assertThat(all).doesNotHaveDuplicates();
    CostOps timm = new CostOps();
    MobileVit.xs("").apply(timm, new CostOps.Shape(1, 3, 64, 64));
    assertThat(all.stream().filter(n -> n.startsWith("encoder.")))
        .containsExactlyElementsOf(
            names(timm.parameters()).stream().map(n -> "encoder." + n).toList());
    assertThat(all).allMatch(n -> n.startsWith("encoder.") || n.startsWith("decoder."));
  }
}
