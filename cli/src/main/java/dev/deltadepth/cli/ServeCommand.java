package dev.deltadepth.cli;

import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.server.DepthServer;
import dev.deltadepth.server.ServedModel;
import dev.deltadepth.server.ServerOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code delta serve}: the app and the API over HTTP. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Serve the web app and the API.",
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n",
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address to listen on (default: ${DEFAULT-VALUE}, this machine only).")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The port (default: ${DEFAULT-VALUE}); 0 takes a free one.")
  private int port;

  @Option(
      names = "--model",
      paramLabel = "FILE.onnx",
      description = "Another model than the embedded one.")
  private Optional<Path> model = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    EstimatorOptions estimator = EstimatorOptions.defaults();
    ServerOptions options = ServerOptions.defaults().withAddress(host, port);
    try (ServedModel served =
            model.isPresent()
                ? ServedModel.open(model.get(), estimator)
                : ServedModel.embedded(estimator);
        DepthServer server = DepthServer.start(served, options)) {
      spec.commandLine().getOut().println("http://" + host + ":" + server.port() + "/");
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
