package dev.deltadepth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody is told what Delta runs. */
class TelemetryTest {
  /** With any of these set, ONNX Runtime would not report in any case. */
  private static final Set<String> KEEPS_QUIET =
      Set.of(
          "ORT_DISABLE_TELEMETRY",
          "ORT_RUNNING_UNIT_TESTS",
          "APPVEYOR",
          "BITBUCKET_BUILD_NUMBER",
          "BUILDKITE",
          "CI",
          "CIRCLECI",
          "CODEBUILD_BUILD_ID",
          "GITHUB_ACTIONS",
          "GITLAB_CI",
          "JENKINS_URL",
          "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI",
          "TEAMCITY_VERSION",
          "TF_BUILD",
          "TRAVIS");

  private static final String COLLECTOR = "events.data.microsoft.com";

  @TempDir Path home;

  @Test
  void anEstimateLeavesNothingInTheUsersFolder() throws Exception {
    assertThat(estimateAtHome()).isEqualTo("3072");
    try (var left = Files.walk(home)) {
      assertThat(left).containsExactly(home);
    }
  }

  @Test
  void theNativeLibrariesKnowNoAddressToReportTo() throws Exception {
    Path jar =
        Path.of(OrtEnvironment.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    int libraries = 0;
    try (JarFile opened = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(opened.entries())) {
        if (entry.getName().matches(".*/(lib)?onnxruntime\\.(so|dylib|dll)")) {
          try (InputStream in = opened.getInputStream(entry)) {
            String content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(content.contains(COLLECTOR)).as(entry.getName()).isFalse();
          }
          libraries++;
        }
      }
    }
    assertThat(libraries).isPositive();
  }

  /** Runs {@link OneEstimate} as a user whose home folder is empty. */
  private String estimateAtHome() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.home=" + home,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            OneEstimate.class.getName());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(KEEPS_QUIET);
    environment.put("HOME", home.toString());
    environment.put("XDG_CACHE_HOME", home.toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return printed.strip();
  }
}
