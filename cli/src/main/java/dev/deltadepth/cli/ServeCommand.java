package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.option.Choice;
import dev.deltadepth.cli.option.DeviceOption;
import dev.deltadepth.cli.option.LimitOptions;
import dev.deltadepth.cli.option.ModelOption;
import dev.deltadepth.cli.option.ThreadsOption;
import dev.deltadepth.cli.option.WholeNumber;
import dev.deltadepth.cli.serve.ServeAddresses;
import dev.deltadepth.cli.serve.ServeGreeting;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.server.DepthServer;
import dev.deltadepth.server.GeneratedCertificate;
import dev.deltadepth.server.ServedModel;
import dev.deltadepth.server.ServerCertificate;
import dev.deltadepth.server.ServerOptions;
import dev.deltadepth.server.http.ServerException;
import dev.deltadepth.server.log.LogFormat;
import dev.deltadepth.server.page.AndroidApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code delta serve}: the app and the API over HTTP. */
@Command(
    name = "serve",
    header = "Serve the web app and the API.",
    description =
        """
        Runs until it is stopped (Ctrl-C), then finishes the requests in progress. Photos are not \
        stored; videos and their results lie in a temporary folder for up to an hour.\
        """,
    exitCodeList = {
      "1:the server cannot start; standard error says why",
      "2:wrong usage",
      "130:stopped by Ctrl-C",
      "143:stopped by SIGTERM"
    },
    footerHeading = "%nExamples:%n",
    footer =
        """
          delta serve
          delta serve --host 0.0.0.0 --tls --token-file secret.txt
          curl --data-binary @photo.jpg http://127.0.0.1:8080/api/v1/depth -o depth.png
          curl --data-binary @clip.mp4 http://127.0.0.1:8080/api/v1/jobs

        The API, certificates for phones and reverse proxies: docs/server.md.\
        """)
final class ServeCommand extends BaseCommand {
  private static final String TOKEN = "DELTA_TOKEN";
  private static final String TLS_PASSWORD = "DELTA_TLS_PASSWORD";
  private static final String SECRET = "one word of ASCII letters, digits and signs";

  /** Stands for --tls without a file; no name of a file can hold it. */
  private static final String GENERATED = "\0";

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          """
          The address to listen on (default: ${DEFAULT-VALUE}, for this machine only); 0.0.0.0 lets \
          in everybody on its networks.\
          """)
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Port.class,
      description = "The port; 0 takes a free one (default: 8080, with --tls 8443).")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--tls",
      arity = "0..1",
      fallbackValue = GENERATED,
      paramLabel = "FILE",
      description =
          """
          Serve HTTPS, which a phone's camera needs. FILE holds certificates and key: PEM or \
          PKCS #12 (.p12, its password in DELTA_TLS_PASSWORD). Without FILE: a generated \
          certificate, kept in ~/.config/delta.\
          """)
  private Optional<String> tls = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The key, if it is not in the PEM file of --tls.")
  private Optional<Path> tlsKey = Optional.empty();

  @Option(
      names = "--token",
      paramLabel = "TEXT",
      converter = Secret.class,
      description =
          "A secret that clients of the API must send (default: the value of DELTA_TOKEN, or none).")
  private Optional<String> token = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file that holds the secret, which hides it from other users.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--host-name",
      paramLabel = "NAME",
      description =
          """
          A name under which the server is reached, such as behind a proxy; may be repeated. \
          Addresses, localhost and the names of the certificate need none; others are refused.\
          """)
  private List<String> names = List.of();

  @Option(
      names = "--cors",
      paramLabel = "ORIGIN",
      converter = Origin.class,
      description =
          "A site whose pages may use the API, such as https://example.org; may be repeated.")
  private List<String> origins = List.of();

  @Option(
      names = "--apk",
      paramLabel = "FILE",
      description =
          "An app for Android that phones may install: /android shows how, with a QR code.")
  private Optional<Path> apk = Optional.empty();

  @Option(
      names = "--log",
      paramLabel = "FORMAT",
      converter = Logs.class,
      completionCandidates = Logs.class,
      description =
          """
          Write a line for each request to standard output: ${COMPLETION-CANDIDATES}. Other \
          messages then go to standard error.\
          """)
  private Optional<LogFormat> log = Optional.empty();

  @Mixin private final ModelOption model = new ModelOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();
  @Mixin private final DeviceOption device = new DeviceOption();

  @Mixin private final LimitOptions limits = new LimitOptions();

  /** Ports. */
  static final class Port extends WholeNumber {
    Port() {
      super(0, 65535);
    }
  }

  /** Formats of the log. */
  static final class Logs extends Choice<LogFormat> {
    Logs() {
      super("format", List.of(LogFormat.values()), LogFormat::label);
    }
  }

  /** Origins of pages. */
  static final class Origin implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!ServerOptions.isOrigin(text)) {
        throw new TypeConversionException(
            "must be a scheme, a host and maybe a port, as in https://example.org");
      }
      return text;
    }
  }

  /** Secrets that can stand in a header. */
  static final class Secret implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!isSecret(text)) {
        throw new TypeConversionException("must be " + SECRET);
      }
      return text;
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    EstimatorOptions estimator =
        device.on(EstimatorOptions.defaults().withThreads(threads.countOrZero()));
    ServeAddresses addresses = ServeAddresses.of(host);
    ServerOptions options = options(addresses);
    try (ServedModel served = served(estimator);
        DepthServer server = DepthServer.start(served, options)) {
      Thread farewell = new Thread(() -> stop(server), "delta-farewell");
      Runtime.getRuntime().addShutdownHook(farewell);
      new ServeGreeting(addresses, options, server.port(), server.servesApp())
          .print(log.isPresent() ? err() : out());
      // A signal ends the process while this waits.
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private ServedModel served(EstimatorOptions options) {
    return ServedModel.open(model.source(), options);
  }

  private void stop(DepthServer server) {
    warn("stopping; finishing requests in progress");
    server.close();
  }

  private ServerOptions options(ServeAddresses addresses) {
    int number = port.orElse(tls.isPresent() ? 8443 : 8080);
    ServerOptions options =
        ServerOptions.defaults()
            .withAddress(host, number)
            .withNames(names)
            .withOrigins(origins)
            .withLimits(limits.limits())
            .withJobs(limits.videos());
    if (apk.isPresent()) {
      options = options.withAndroid(AndroidApp.read(apk.get()));
    }
    if (log.isPresent()) {
      options = options.withLog(log.get());
    }
    boolean file = tls.isPresent() && !tls.get().equals(GENERATED);
    if (tlsKey.isPresent() && !file) {
      throw wrong("--tls-key needs --tls FILE");
    }
    if (tls.isPresent()) {
      options = options.withCertificate(certificate(tls.get(), addresses));
    }
    Optional<String> secret = secret();
    return secret.isPresent() ? options.withToken(secret.get()) : options;
  }

  private ServerCertificate certificate(String file, ServeAddresses addresses) {
    if (file.equals(GENERATED)) {
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
      throw wrong("give either --token or --token-file");
    }
    if (tokenFile.isPresent()) {
      return Optional.of(secret(read(tokenFile.get()), tokenFile.get().toString()));
    }
    return token.or(
        () -> Optional.ofNullable(System.getenv(TOKEN)).map(text -> secret(text, TOKEN)));
  }

  private static String secret(String text, String origin) {
    if (!isSecret(text)) {
      throw new ServerException("the token in " + origin + " must be " + SECRET);
    }
    return text;
  }

  private static boolean isSecret(String text) {
    return text.matches("[!-~]+");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ServerException("cannot read " + file + "; give the file that holds the token", e);
    }
  }
}
