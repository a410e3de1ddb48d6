package dev.deltadepth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder that is built already; its java writes down how it was started. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {
  @TempDir Path folder;
  private Path launcher;
  private Path target;
  private final Map<String, String> environment = new HashMap<>();
  private String limit = "";

  @BeforeEach
  void build() throws IOException {
    // A space in its name, which must not part any option.
    Path home = Files.createDirectories(folder.resolve("a home"));
    launcher = Files.copy(Path.of("../delta"), home.resolve("delta"));
    Files.createFile(home.resolve("pom.xml"));
    Files.createDirectories(home.resolve("cli/src/main"));
    Files.createFile(home.resolve("cli/pom.xml"));
    target = home.resolve("cli/target/launcher");
    Files.createDirectories(target.resolve("lib"));
    Files.createDirectory(target.resolve("native"));
    Files.createFile(target.resolve("classes.jsa"));
    Files.createFile(target.resolve("delta-cli-1.jar"));
    Files.createFile(target.resolve("lib/pytorch-1.jar"));
    Files.createFile(target.resolve("lib/onnxruntime-1.jar"));
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        printf '%s\\n' "$@" >"$RECORD"
        printf '%s' "${DELTA_ESTIMATE_OPTIONS-}" >"$RECORD.options"
        printf '%s' "$CLASSPATH" >"$RECORD.classpath"
        printf '%s' "${ORT_DISABLE_TELEMETRY-}" >"$RECORD.telemetry"
        printf '%s' "${LC_ALL-}" >"$RECORD.locale"
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createFile(target.resolve("stamp"));
  }

  @Test
  void benchMeasuresMemoryWithTheOptionsOfEstimate() throws Exception {
    List<String> estimate = start("estimate", "my photo.jpg");
    int main = estimate.indexOf("dev.deltadepth.cli.Main");
    assertThat(estimate.subList(main + 1, estimate.size()))
        .containsExactly("estimate", "my photo.jpg");
    List<String> options = estimate.subList(0, main);
    assertThat(options)
        .contains(
            "-XX:SharedArchiveFile=" + target.toRealPath().resolve("classes.jsa"),
            "-Donnxruntime.native.path=" + target.toRealPath().resolve("native"),
            "-XX:+UseSerialGC",
            "-XX:MinHeapFreeRatio=20",
            "-Dmine=1",
            "-Xmx3g");

    assertThat(start("bench")).contains("bench").doesNotContain("-XX:+UseSerialGC");
    String handedDown = Files.readString(folder.resolve("record.options"));
    List<String> line = PeakMemoryProcess.line(handedDown, List.of("embedded"));
    assertThat(line.subList(1, line.size() - 3)).isEqualTo(options);
    assertThat(line.subList(line.size() - 3, line.size()))
        .containsExactly(Main.class.getName(), PeakMemoryCommand.NAME, "embedded");
  }

  @Test
  void everyArgumentIsPassedOnAsItIs() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("estimate", "a photo.jpg", "*.png", "", "$x"));
    arguments.addAll(Collections.nCopies(500, "folder/of/photos/holiday.jpg"));
    List<String> started = start(arguments.toArray(String[]::new));
    int main = started.indexOf("dev.deltadepth.cli.Main");
    assertThat(started.subList(main + 1, started.size())).isEqualTo(arguments);
  }

  @Test
  void telemetryIsOff() throws Exception {
    start("estimate", "photo.jpg");
    assertThat(Files.readString(folder.resolve("record.telemetry"))).isEqualTo("1");
  }

  @Test
  void libtorchComesLastOnTheClassPath() throws Exception {
    start("info");
    assertThat(Files.readString(folder.resolve("record.classpath")))
        .matches(".*delta-cli-1\\.jar:.*onnxruntime-1\\.jar:.*pytorch-1\\.jar");
  }

  /** Without one, as under cron, Java could not name a file called ü.jpg. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void thereIsAUtf8LocaleAlways() throws Exception {
    environment.put("LC_ALL", "");
    environment.put("LC_CTYPE", "");
    for (String none : List.of("", "C", "POSIX", "en_US.ISO-8859-1")) {
      environment.put("LANG", none);
      start("estimate", "ü.jpg");
      assertThat(Files.readString(folder.resolve("record.locale"))).isEqualTo("C.UTF-8");
    }
    for (String one : List.of("de_DE.UTF-8", "ar_EG.utf8")) {
      environment.put("LANG", one);
      start("estimate", "ü.jpg");
      assertThat(Files.readString(folder.resolve("record.locale"))).as("kept").isEmpty();
    }
    environment.put("LC_ALL", "C");
    start("estimate");
    assertThat(Files.readString(folder.resolve("record.locale"))).isEqualTo("C.UTF-8");
  }

  @Test
  void aSearchPathOfCdDoesNotMislead() throws Exception {
    environment.put("CDPATH", String.valueOf(launcher.getParent().getParent()));
    assertThat(start("info")).contains("info");
  }

  /** The lock of a build that was killed, whose number another process has got. */
  @Test
  void aLockOfAnotherProgramIsNobodys() throws Exception {
    Files.delete(target.resolve("stamp"));
    tool("mvn", "echo '[ERROR] no'; exit 1");
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      Path lock = Files.createDirectory(target.resolve("lock"));
      Files.writeString(lock.resolve("pid"), other.pid() + "\n");
      assertThat(refusal()).contains("[ERROR] no").contains("delta: the build failed");
      assertThat(lock).doesNotExist();
    } finally {
      other.destroyForcibly();
    }
  }

  /** It was killed before it wrote its number. */
  @Test
  void aLockOfNobodyIsWaitedForAWhile() throws Exception {
    Files.delete(target.resolve("stamp"));
    tool("mvn", "echo '[ERROR] no'; exit 1");
    tool("sleep", "exit 0");
    Path lock = Files.createDirectory(target.resolve("lock"));
    assertThat(refusal())
        .startsWith("delta: waiting for process that is unknown, which is building\n")
        .contains("[ERROR] no");
    assertThat(lock).doesNotExist();
  }

  @Test
  void aBuildThatDoesNotEndIsNotWaitedForWithoutEnd() throws Exception {
    Files.delete(target.resolve("stamp"));
    tool("sleep", "exit 0");
    tool("ps", "echo sh delta");
    Path lock = Files.createDirectory(target.resolve("lock"));
    long self = ProcessHandle.current().pid();
    Files.writeString(lock.resolve("pid"), self + "\n");
    assertThat(refusal())
        .startsWith("delta: waiting for process " + self + ", which is building\n")
        .contains("delta: gave up after half an hour: process " + self + " is still building;");
    assertThat(lock).exists();
  }

  @Test
  void aCopyThatCannotBeWrittenToIsSaid() throws Exception {
    Path home = Files.createDirectories(folder.resolve("other"));
    launcher = Files.copy(Path.of("../delta"), home.resolve("delta"));
    Files.createFile(home.resolve("pom.xml"));
    Files.createDirectories(home.resolve("cli/src/main"));
    Files.createFile(home.resolve("cli/pom.xml"));
    // The system's administrator may write into any folder, but nobody into a file.
    Files.createFile(home.resolve("cli/target"));
    assertThat(refusal())
        .contains("delta: cannot write to ")
        .contains("other/cli/target/launcher, where it would build; make it writable");
  }

  @Test
  void itMayBeStartedByARelativePath() throws Exception {
    launcher = Path.of("").toAbsolutePath().relativize(launcher);
    assertThat(start("info")).contains("info");
  }

  @Test
  void aWorkingFolderThatIsGoneIsSaid() throws Exception {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    limit = "cd '" + gone + "' && rmdir '" + gone + "' && ";
    assertThat(refusal())
        .endsWith("delta: the working folder is gone; cd to one that exists\n")
        .doesNotContain("Exception", "VM");
  }

  @Test
  void aSmallHeapIsNotStartedLarger() throws Exception {
    assertThat(start("info")).contains("-Xmx3g").doesNotContain("-Xms24m");
    environment.put("DELTA_JAVA_OPTS", "-Dmine=1");
    assertThat(start("info")).contains("-Xms24m");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aLimitOfAddressSpaceIsKept() throws Exception {
    limit = "ulimit -v 2500000; ";
    environment.put("DELTA_JAVA_OPTS", "-Dmine=1");
    assertThat(start("info")).contains("-Xmx625000k", "-XX:CompressedClassSpaceSize=64m");
    limit = "ulimit -v 1500000; ";
    assertThat(refusal())
        .isEqualTo(
            "delta: 1500 MB of address space are too few; allow 2000 MB or more (ulimit -v"
                + " 2000000)\n");
  }

  /** A program that goes before the system's of the same name. */
  private void tool(String name, String script) throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    environment.put("PATH", tools + ":" + System.getenv("PATH"));
  }

  /** What it says when it does not start java. */
  private String refusal() throws IOException, InterruptedException {
    Process process = launch(folder.resolve("record"), "info");
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(1);
    return said;
  }

  /** The arguments of java. */
  private List<String> start(String... arguments) throws IOException, InterruptedException {
    Path record = folder.resolve("record");
    Process process = launch(record, arguments);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
    return Files.readAllLines(record);
  }

  private Process launch(Path record, String... arguments) throws IOException {
    List<String> line =
        new ArrayList<>(List.of("sh", "-c", limit + "exec sh \"$@\"", "sh", launcher.toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "JAVA_HOME", folder.resolve("jdk").toString(),
                "RECORD", record.toString(),
                "DELTA_JAVA_OPTS", "-Dmine=1 -Xmx3g"));
    builder.environment().putAll(environment);
    return builder.start();
  }
}
