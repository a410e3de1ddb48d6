package dev.deltadepth.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.deltadepth.core.DeltaException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The arrows of the module map; this module sees all the others. */
@AnalyzeClasses(
    packages = "dev.deltadepth",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  /** Another module's tests lie on this one's class path as a jar or a folder. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar") && !location.contains("/test-classes/");
    }
  }

  @ArchTest
  static final ArchRule arrowsGoDown =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("core")
          .definedBy("dev.deltadepth.core..")
          .layer("io")
          .definedBy("dev.deltadepth.io..")
          .layer("scenes")
          .definedBy("dev.deltadepth.scenes..")
          .layer("datasets")
          .definedBy("dev.deltadepth.datasets..")
          .layer("runtime")
          .definedBy("dev.deltadepth.runtime..")
          .layer("nn")
          .definedBy("dev.deltadepth.nn..")
          .layer("onnx")
          .definedBy("dev.deltadepth.onnx..")
          .layer("torch")
          .definedBy("dev.deltadepth.torch..")
          .layer("metrics")
          .definedBy("dev.deltadepth.metrics..")
          .layer("video")
          .definedBy("dev.deltadepth.video..")
          .layer("estimate")
          .definedBy("dev.deltadepth.estimate..")
          .layer("distill")
          .definedBy("dev.deltadepth.distill..")
          .layer("eval")
          .definedBy("dev.deltadepth.eval..")
          .layer("quantize")
          .definedBy("dev.deltadepth.quantize..")
          .layer("server")
          .definedBy("dev.deltadepth.server..")
          .layer("web")
          .definedBy("dev.deltadepth.web..")
          .layer("cli")
          .definedBy("dev.deltadepth.cli..")
          .whereLayer("core")
          .mayNotAccessAnyLayer()
          .whereLayer("io")
          .mayOnlyAccessLayers("core")
          .whereLayer("scenes")
          .mayOnlyAccessLayers("core")
          .whereLayer("datasets")
          .mayOnlyAccessLayers("core", "io", "metrics")
          .whereLayer("runtime")
          .mayOnlyAccessLayers("core")
          .whereLayer("nn")
          .mayOnlyAccessLayers("core", "io")
          .whereLayer("distill")
          .mayOnlyAccessLayers(
              "core", "io", "datasets", "runtime", "scenes", "metrics", "nn", "onnx", "torch")
          .whereLayer("eval")
          .mayOnlyAccessLayers("core", "io", "datasets", "metrics", "runtime")
          .whereLayer("quantize")
          .mayOnlyAccessLayers("core", "io", "runtime", "metrics", "onnx")
          .whereLayer("metrics")
          .mayOnlyAccessLayers("core")
          .whereLayer("onnx")
          .mayOnlyAccessLayers("core", "io", "nn")
          .whereLayer("torch")
          .mayOnlyAccessLayers("core", "nn")
          .whereLayer("video")
          .mayOnlyAccessLayers("core", "io")
          .whereLayer("estimate")
          .mayOnlyAccessLayers("core", "io", "runtime")
          .whereLayer("server")
          .mayOnlyAccessLayers("core", "io", "runtime", "video")
          .whereLayer("web")
          .mayOnlyAccessLayers("core")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule coreIsValuesAndArithmetic =
      noClasses()
          .that()
          .resideInAPackage("dev.deltadepth.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio..", "java.awt..", "javax..");

  @ArchTest
  static final ArchRule modulesHaveNoCircles =
      slices().matching("dev.deltadepth.(*)..").should().beFreeOfCycles();

  /** A nested class counts as its outer one. */
  @ArchTest
  static final ArchRule commandsHaveNoCircles =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                  String name = type.getName();
                  return name.startsWith("dev.deltadepth.cli.")
                      ? SliceIdentifier.of(name.split("\\$")[0])
                      : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                  return "classes of the command";
                }
              })
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesHaveNoCircles =
      slices().matching("dev.deltadepth.(**)").should().beFreeOfCycles();

  /** About as many files as one looks through. */
  private static final int MOST_FILES = 30;

  @ArchTest
  static void aPackageHasOneSubject(JavaClasses classes) {
    Map<String, Set<String>> files =
        classes.stream()
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .filter(type -> type.getSource().isPresent())
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName,
                    Collectors.mapping(
                        type -> type.getSource().get().getFileName().orElse(""),
                        Collectors.toSet())));
    assertThat(files)
        .allSatisfy(
            (name, inside) -> assertThat(inside).as(name).hasSizeLessThanOrEqualTo(MOST_FILES));
  }

  @ArchTest
  static void nobodyEndsTheProcessButMain(JavaClasses classes) {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.deltadepth.cli.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(classes);
  }

  @ArchTest
  static void aModuleHasOneException(JavaClasses classes) {
    Map<String, List<String>> exceptions =
        classes.stream()
            .filter(type -> type.isAssignableTo(RuntimeException.class))
            .collect(
                Collectors.groupingBy(
                    ArchitectureTest::module,
                    Collectors.mapping(JavaClass::getSimpleName, Collectors.toList())));
    assertThat(exceptions)
        .allSatisfy((module, names) -> assertThat(names).as(module).hasSize(1))
        .containsEntry("core", List.of("DeltaException"))
        .doesNotContainKey("cli");
    classes()
        .that()
        .areAssignableTo(RuntimeException.class)
        .should()
        .beAssignableTo(DeltaException.class)
        .check(classes);
  }

  private static String module(JavaClass type) {
    return type.getPackageName().split("\\.")[2];
  }
}
