package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.cli.serve.ServeAddresses;
import dev.deltadepth.cli.serve.ServeGreeting;
import dev.deltadepth.runtime.TestModels;
import dev.deltadepth.server.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ServeCommandTest {
  @TempDir Path folder;

  @Test
  void aTokenIsOneWord() throws IOException {
    String rule = "must be one word of ASCII letters, digits and signs";
    Run run = delta("serve", "--token", "two words");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors().get(0)).isEqualTo("delta: --token " + rule);
    Path file = Files.writeString(folder.resolve("token"), "two words\n");
    assertFails("the token in " + file + " " + rule, "--token-file", file);
  }

  @Test
  void whatCannotBeServedIsNamed() throws IOException {
    Path model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertFails("cannot listen on 127.0.0.1, port " + port, "--model", model, "--port", port);
    }
    assertFails("'nowhere.invalid' is not an address", "--host", "nowhere.invalid");
    Path missing = folder.resolve("missing");
    assertFails(missing + " does not exist", "--model", missing);
    assertFails("cannot read " + missing, "--tls", missing);
    assertFails("cannot read " + missing, "--token-file", missing);
  }

  private static void assertFails(String message, Object... options) {
    List<Object> arguments = new ArrayList<>(List.of("serve"));
    arguments.addAll(List.of(options));
    Run run = delta(arguments.toArray());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).singleElement().asString().contains(message);
  }

  @Test
  void itServesUntilItIsToldToStop() throws Exception {
    Path model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    Path token = Files.writeString(folder.resolve("token"), "secret\n");
    Process process = start("serve", "--port", "0", "--model", model, "--token-file", token);
    try (BufferedReader out = process.inputReader()) {
      String origin = address(out.readLine());
      assertThat(origin).startsWith("http://127.0.0.1:");
      assertThat(get(origin + "healthz").statusCode()).isEqualTo(200);
      assertThat(get(origin + "api/v1/model").statusCode()).isEqualTo(401);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(origin + "api/v1/depth"))
              .header("Authorization", "Bearer secret")
              .POST(BodyPublishers.ofByteArray(sample()))
              .build();
      HttpResponse<byte[]> map =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
      assertThat(map.statusCode()).isEqualTo(200);
      process.toHandle().destroy(); // SIGTERM; the streams stay open.
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(process.errorReader().readLine()).contains("stopping");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theLogHasStandardOutputForItself() throws Exception {
    Path model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    Process process = start("serve", "--port", "0", "--model", model, "--log", "json");
    try (BufferedReader out = process.inputReader();
        BufferedReader errors = process.errorReader()) {
      String origin = address(errors.readLine());
      assertThat(get(origin + "readyz").statusCode()).isEqualTo(200);
      assertThat(out.readLine())
          .startsWith("{\"time\":\"")
          .contains("\"path\":\"/readyz\"", "\"status\":200");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aCertificateIsMadeInTheUsersFolder() throws Exception {
    Path model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    Process process = start("serve", "--port", "0", "--model", model, "--tls");
    try (BufferedReader out = process.inputReader()) {
      assertThat(address(out.readLine())).startsWith("https://127.0.0.1:");
      assertThat(folder.resolve(".config/delta/tls.p12")).exists();
    } finally {
      process.destroyForcibly();
    }
  }

  /** The command in a process of its own, whose user has the test's folder. */
  @Test
  void theDefaultModelIsNotLookedForAmongFiles() throws Exception {
    Files.createDirectory(folder.resolve("embedded"));
    Process process = start("serve", "--port", "0");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).startsWith("delta: serving ");
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private Process start(Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Djava.awt.headless=true", "-Duser.home=" + folder));
    command.add("dev.deltadepth.cli.Main");
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    // Surefire's own class path is a jar that names the others.
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    builder.environment().put("CLASSPATH", classPath);
    return builder.start();
  }

  private static String address(String line) {
    assertThat(line).startsWith("delta: serving ");
    return line.substring("delta: serving ".length());
  }

  private static HttpResponse<byte[]> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
  }

  private byte[] sample() throws IOException {
    Path file = folder.resolve("room.png");
    assertThat(delta("render", "room", "-o", file, "--size", "64x48").exitCode()).isZero();
    return Files.readAllBytes(file);
  }

  @Test
  void whoLetsOthersInIsToldWhatToKnow() {
    ServeAddresses addresses = new ServeAddresses(false, List.of("192.0.2.7", "2001:db8::7"));
    StringWriter out = new StringWriter();
    new ServeGreeting(addresses, ServerOptions.defaults(), 8080, true).print(new PrintWriter(out));
    assertThat(out.toString().lines())
        .containsExactly(
            "delta: serving http://192.0.2.7:8080/",
            "delta: serving http://[2001:db8::7]:8080/",
            "delta: API description: http://192.0.2.7:8080/api",
            "delta: anyone on the network can use this server; --token requires a secret",
            "delta: phones give the camera to HTTPS pages only; --tls serves HTTPS");
  }

  @Test
  void aBuildWithoutTheAppSaysSo() {
    ServeAddresses addresses = new ServeAddresses(true, List.of("127.0.0.1"));
    StringWriter out = new StringWriter();
    new ServeGreeting(addresses, ServerOptions.defaults(), 8080, false).print(new PrintWriter(out));
    assertThat(out.toString().lines())
        .containsExactly(
            "delta: serving http://127.0.0.1:8080/",
            "delta: API description: http://127.0.0.1:8080/api",
            "delta: the web app is missing, because it was built without npm and Node.js 18 or newer;"
                + " install them and run 'delta serve' again");
  }

  @Test
  void aTokenIsNotPrintedIntoALog() {
    ServeAddresses addresses = new ServeAddresses(false, List.of("192.0.2.7"));
    StringWriter out = new StringWriter();
    ServerOptions options = ServerOptions.defaults().withToken("secret");
    new ServeGreeting(addresses, options, 8080, true).print(new PrintWriter(out));
    assertThat(out.toString()).contains("http://192.0.2.7:8080/").doesNotContain("token=");
  }
}
