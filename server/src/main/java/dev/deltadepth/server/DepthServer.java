package dev.deltadepth.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A running server. */
public final class DepthServer implements AutoCloseable {
  private final Javalin javalin;
  private final DepthService service;

  private DepthServer(Javalin javalin, DepthService service) {
    this.javalin = javalin;
    this.service = service;
  }

  /**
   * Starts a server.
   *
   * @param model what it serves; the caller closes it after the server
   * @throws ServerException if it cannot start, such as on a port that is taken
   */
  public static DepthServer start(ServedModel model, ServerOptions options) {
    Limits limits = options.limits();
    DepthService service = new DepthService(model.estimator(), limits);
    QueuedThreadPool threads = new QueuedThreadPool(32, 4);
    threads.setName("delta-http");
    Routes routes = new Routes(model, service, limits, new MemoryBudget(limits.memory()), threads);
    Javalin javalin =
        Javalin.create(
            config -> {
              quiet(config);
              config.jetty.threadPool = threads;
              config.routes.exception(ServerException.class, DepthServer::refuse);
              routes.addTo(config.routes);
            });
    javalin.start(options.host(), options.port());
    return new DepthServer(javalin, service);
  }

  private static void quiet(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.startupWatcherEnabled = false;
    config.startup.showOldJavalinVersionWarning = false;
  }

  private static void refuse(ServerException problem, Context request) {
    request.status(problem.status());
    request.contentType(Problem.MEDIA_TYPE);
    request.result(Problem.json(problem.status(), String.valueOf(problem.getMessage())));
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
    service.close();
  }
}
