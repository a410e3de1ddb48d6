package dev.deltadepth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The names under which a program with a module path requires Delta's jars. */
class ModuleNamesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern NAME = Pattern.compile("<delta\\.module>([^<]+)</delta\\.module>");

  static List<String> modules() throws IOException {
    return found(MODULE, ROOT.resolve("pom.xml"));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleIsNamedAsItsPackage(String module) throws IOException {
    String name = name(module);
    assertThat(ROOT.resolve(module).resolve("src/main/java/dev/deltadepth"))
        .isDirectoryContaining(entry -> entry.endsWith(name.split("\\.")[0]));
    assertThat("dev.deltadepth." + name).matches("[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)*");
    Path built = ROOT.resolve(module).resolve("target");
    if (Files.isDirectory(built)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(built, "delta-*-SNAPSHOT.jar")) {
        for (Path jar : jars) {
          // One that is older than the pom is of an earlier build.
          if (jar.toFile().lastModified() > ROOT.resolve("pom.xml").toFile().lastModified()) {
            assertThat(manifestName(jar)).as(jar.toString()).isEqualTo("dev.deltadepth." + name);
          }
        }
      }
    }
  }

  @Test
  void noTwoModulesHaveOneName() throws IOException {
    List<String> modules = modules();
    assertThat(modules).isNotEmpty();
    assertThat(modules.stream().map(ModuleNamesTest::name)).doesNotHaveDuplicates();
  }

  private static String name(String module) {
    try {
      List<String> names = found(NAME, ROOT.resolve(module).resolve("pom.xml"));
      assertThat(names).as("delta.module in the pom of %s", module).hasSize(1);
      return names.get(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> found(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }

  private static String manifestName(Path jar) throws IOException {
    try (JarFile opened = new JarFile(jar.toFile())) {
      return opened.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
    }
  }
}
