package dev.deltadepth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script beside a build that is up to date, with a java that prints what it gets. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir Path home;

  @BeforeEach
  void build() throws IOException {
    Files.copy(Path.of("..", "delta"), home.resolve("delta"));
    Files.createFile(home.resolve("pom.xml"));
    Path module = Files.createDirectories(home.resolve("cli"));
    Files.createDirectories(module.resolve("src/main"));
    Files.createFile(module.resolve("pom.xml"));
    Path lib = Files.createDirectories(module.resolve("target/lib"));
    Files.createFile(lib.resolve("pytorch-1.jar"));
    Files.createFile(lib.resolve("onnxruntime-1.jar"));
    Files.createFile(module.resolve("target/delta-cli-1.jar"));
    Files.createFile(module.resolve("target/launcher.stamp"));
    Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo "telemetry off: $ORT_DISABLE_TELEMETRY"
        echo "class path: $CLASSPATH"
        for argument in "$@"; do echo "argument: $argument"; done
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void switchesTelemetryOff() throws Exception {
    assertThat(delta("estimate", "photo.jpg")).contains("telemetry off: 1");
  }

  @Test
  void putsLibtorchLastOnTheClassPath() throws Exception {
    String lib = home.toRealPath() + "/cli/target/lib/";
    assertThat(delta("info"))
        .contains(
            "class path: "
                + home.toRealPath()
                + "/cli/target/delta-cli-1.jar:"
                + lib
                + "onnxruntime-1.jar:"
                + lib
                + "pytorch-1.jar");
  }

  @Test
  void handsOverEveryArgumentAsItIs() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("estimate", "a photo.jpg", "*.png", "", "$x"));
    arguments.addAll(Collections.nCopies(500, "folder/of/photos/holiday.jpg"));
    List<String> printed = delta(arguments.toArray(String[]::new));
    int main = printed.indexOf("argument: dev.deltadepth.cli.Main");
    assertThat(printed.subList(main + 1, printed.size()))
        .isEqualTo(arguments.stream().map(argument -> "argument: " + argument).toList());
  }

  private List<String> delta(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("/bin/sh", home.resolve("delta").toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().remove("DELTA_JAVA_OPTS");
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed.lines().toList();
  }
}
