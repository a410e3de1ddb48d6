package dev.deltadepth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values are compared by what they hold. */
@AnalyzeClasses(packages = "dev.deltadepth", importOptions = ArchitectureTest.NoTestJars.class)
class ValuesTest {

  /** The methods that the compiler gives a record compare its arrays by identity. */
  @ArchTest
  static void publicRecordsCompareTheirArraysByContent(JavaClasses classes) {
    List<String> withArrays = new ArrayList<>();
    for (JavaClass type : classes) {
      if (isPublicRecord(type) && hasArray(type)) {
        withArrays.add(type.getSimpleName());
        for (String method : List.of("equals", "hashCode")) {
          assertThat(callsArrays(type, method)).as(type.getName() + "." + method).isTrue();
        }
      }
    }
    assertThat(withArrays).contains("DepthMap", "RgbImage", "FloatArray");
  }

  private static boolean isPublicRecord(JavaClass type) {
    return type.isRecord()
        && type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass()
            .map(outer -> outer.getModifiers().contains(JavaModifier.PUBLIC))
            .orElse(true);
  }

  private static boolean hasArray(JavaClass record) {
    return record.getFields().stream()
        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
        .anyMatch(field -> field.getRawType().isArray());
  }

  private static boolean callsArrays(JavaClass type, String method) {
    return type.getMethodCallsFromSelf().stream()
        .filter(call -> call.getOrigin().getName().equals(method))
        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Arrays.class));
  }
}
