package dev.deltadepth.cli;

import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.server.DepthServer;
import dev.deltadepth.server.GeneratedCertificate;
import dev.deltadepth.server.Limits;
import dev.deltadepth.server.ServedModel;
import dev.deltadepth.server.ServerCertificate;
import dev.deltadepth.server.ServerException;
import dev.deltadepth.server.ServerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code delta serve}: the app and the API over HTTP. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Serve the web app and the API.",
    description = {
      "",
      "Runs until it is stopped (Ctrl-C), which lets the photos that are being worked on end."
          + " Nothing of a photo is kept.",
    },
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:it cannot start; standard error says why",
      "2:wrong usage",
      "130:stopped by Ctrl-C",
      "143:stopped by SIGTERM"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  delta serve",
      "  delta serve --host 0.0.0.0 --tls --token-file secret.txt",
      "  curl --data-binary @photo.jpg http://127.0.0.1:8080/api/v1/depth -o depth.png",
      "",
      "The API, certificates for phones and reverse proxies: docs/server.md."
    },
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  private static final String TOKEN = "DELTA_TOKEN";
  private static final String TLS_PASSWORD = "DELTA_TLS_PASSWORD";
  private static final int MEGA = 1_000_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on (default: ${DEFAULT-VALUE}, for this machine only); 0.0.0.0"
              + " lets in everybody on its networks.")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port; 0 takes a free one (default: 8080, with --tls 8443).")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--tls",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "FILE",
      description =
          "Serve HTTPS, which a phone's camera needs. FILE holds certificates and key: PEM or"
              + " PKCS #12 (.p12, its password in "
              + TLS_PASSWORD
              + "). Without FILE one is made and kept in ~/.config/delta.")
  private Optional<String> tls = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The key, where it is not in the PEM file of --tls.")
  private Optional<Path> tlsKey = Optional.empty();

  @Option(
      names = "--token",
      paramLabel = "TEXT",
      description =
          "A secret that clients of the API have to send (default: that in "
              + TOKEN
              + ", or none).")
  private Optional<String> token = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file that holds the secret, where other users do not see it.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "FILE.onnx",
      description =
          "Another model than the embedded one, or 'embedded-int8', which computes in bytes. Models"
              + " that delta did not export need a JSON file of the same name beside them.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the network (default: one for each processor core).")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Photos that are worked on at once (default: processor cores, at most 4).")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--queue",
      paramLabel = "N",
      description = "Photos that may wait; more are refused at once (default: 16).")
  private Optional<Integer> queue = Optional.empty();

  @Option(
      names = "--max-body",
      paramLabel = "MB",
      description = "The largest photo's file in megabytes (default: 32).")
  private Optional<Integer> body = Optional.empty();

  @Option(
      names = "--max-pixels",
      paramLabel = "MP",
      description = "The largest photo in megapixels (default: 50).")
  private Optional<Integer> pixels = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "How long a photo may take to arrive, to be worked on and its map to be taken; each"
              + " (default: 30).")
  private Optional<Integer> timeout = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    Limits limits = limits();
    EstimatorOptions estimator =
        EstimatorOptions.defaults().withThreads(positive("--threads", threads).orElse(0));
    ServeAddresses addresses = ServeAddresses.of(host);
    ServerOptions options = options(addresses, limits);
    try (ServedModel served = served(estimator);
        DepthServer server = DepthServer.start(served, options)) {
      Thread farewell = new Thread(() -> stop(server), "delta-farewell");
      Runtime.getRuntime().addShutdownHook(farewell);
      new ServeGreeting(addresses, options, server.port()).print(spec.commandLine().getOut());
      // A signal ends the process while this waits.
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private ServedModel served(EstimatorOptions options) {
    return ServedModel.open(ModelFile.of(model), options);
  }

  private void stop(DepthServer server) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("delta: stopping; what is being worked on may end");
    server.close();
  }

  private ServerOptions options(ServeAddresses addresses, Limits limits) {
    int number = port.orElse(tls.isPresent() ? 8443 : 8080);
    Bounds.within(spec, "--port", number, 0, 65535);
    ServerOptions options = ServerOptions.defaults().withAddress(host, number).withLimits(limits);
    if (tls.isPresent()) {
      options = options.withCertificate(certificate(tls.get(), addresses));
    } else if (tlsKey.isPresent()) {
      throw wrong("--tls-key belongs to --tls FILE");
    }
    Optional<String> secret = secret();
    return secret.isPresent() ? options.withToken(secret.get()) : options;
  }

  private ServerCertificate certificate(String file, ServeAddresses addresses) {
    if (file.isEmpty()) {
      return GeneratedCertificate.in(folder(), addresses.names());
    }
    String password = System.getenv().getOrDefault(TLS_PASSWORD, "");
    return ServerCertificate.read(Path.of(file), tlsKey, password);
  }

  private static Path folder() {
    return Path.of(System.getProperty("user.home"), ".config", "delta");
  }

  private Optional<String> secret() {
    if (token.isPresent() && tokenFile.isPresent()) {
      throw wrong("--token and --token-file exclude each other");
    }
    Optional<String> secret =
        token
            .or(() -> tokenFile.map(ServeCommand::read))
            .or(() -> Optional.ofNullable(System.getenv(TOKEN)));
    if (secret.isPresent() && !secret.get().matches("[!-~]+")) {
      throw wrong("the token must be one word of ASCII letters, digits and signs");
    }
    return secret;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ServerException(file + " cannot be read; name the file of the token", e);
    }
  }

  private Limits limits() {
    Limits limits = Limits.defaults();
    limits = limits.withWorkers(positive("--workers", workers).orElse(limits.workers()));
    limits = limits.withQueue(positive("--queue", queue).orElse(limits.queue()));
    if (positive("--max-body", body).isPresent()) {
      if (body.get() > 1000) {
        throw wrong("--max-body must be at most 1000, not " + body.get());
      }
      limits = limits.withBodyBytes(body.get() * MEGA);
    }
    if (positive("--max-pixels", pixels).isPresent()) {
      limits = limits.withPixels((long) pixels.get() * MEGA);
    }
    if (positive("--timeout", timeout).isPresent()) {
      limits = limits.withTime(Duration.ofSeconds(timeout.get()));
    }
    return limits;
  }

  private Optional<Integer> positive(String name, Optional<Integer> value) {
    value.ifPresent(number -> Bounds.atLeast(spec, name, number, 1));
    return value;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
