package dev.deltadepth.server;

import dev.deltadepth.server.http.Reply;
import dev.deltadepth.server.http.RequestId;
import dev.deltadepth.server.http.ServerException;
import dev.deltadepth.server.job.ClipNetwork;
import dev.deltadepth.server.job.JobHandler;
import dev.deltadepth.server.job.Jobs;
import dev.deltadepth.server.log.LogWriter;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The model over HTTP: a running server.
 *
 * <p>A few Jetty threads serve all clients and never wait for one of them: bodies are collected and
 * answers sent as fast as each client allows, and photos are processed by separate threads.
 */
public final class DepthServer implements AutoCloseable {
  private static final int HTTP_THREADS = 16;
  private static final int MOST_CONNECTIONS = 1000;
  private static final int LONGEST_HEADERS = 8192;

  /** How long running requests may continue after the server was told to stop. */
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final Javalin javalin;
  private final DepthService service;
  private final Optional<Jobs> jobs;
  private final SlowConnections connections;
  private final Optional<LogWriter> log;
  private final AtomicBoolean ready;
  private final Routes routes;
  private final boolean withApp;
  private int port;

  private DepthServer(
      Javalin javalin,
      DepthService service,
      Optional<Jobs> jobs,
      SlowConnections connections,
      Optional<LogWriter> log,
      AtomicBoolean ready,
      Routes routes,
      boolean withApp) {
    this.javalin = javalin;
    this.service = service;
    this.jobs = jobs;
    this.connections = connections;
    this.log = log;
    this.ready = ready;
    this.routes = routes;
    this.withApp = withApp;
  }

  /**
   * Starts a server.
   *
   * @param model the model to serve; the caller closes it after the server
   * @throws ServerException if it cannot start, for example because the port is in use
   */
  public static DepthServer start(ServedModel model, ServerOptions options) {
    ClassLoader classPath = Objects.requireNonNull(DepthServer.class.getClassLoader());
    return start(model, options, new AppFiles(classPath));
  }

  static DepthServer start(ServedModel model, ServerOptions options, AppFiles app) {
    return start(model, options, app, model::forVideo, Clock.systemUTC());
  }

  /**
   * The same with another network for videos, and another clock for their results.
   *
   * @throws ServerException if it cannot start
   */
  static DepthServer start(
      ServedModel model, ServerOptions options, AppFiles app, ClipNetwork network, Clock clock) {
    Optional<Jobs> jobs =
        options.jobs().any()
            ? Optional.of(Jobs.open(options.jobs(), network, clock))
            : Optional.empty();
    Limits limits = options.limits();
    QueuedThreadPool threads = new QueuedThreadPool(HTTP_THREADS, 2);
    threads.setName("delta-http");
    MemoryBudget work = new MemoryBudget(2 * limits.memory());
    DepthService service = new DepthService(model.estimator(), limits, work);
    SlowConnections connections = new SlowConnections(limits.time());
    MemoryBudget memory = new MemoryBudget(limits.memory());
    Metrics metrics = new Metrics(service, limits, memory, work, connections);
    jobs.ifPresent(metrics::add);
    Optional<LogWriter> log = options.log().map(format -> new LogWriter(format, System.out));
    log.ifPresent(metrics::add);
    AtomicBoolean ready = new AtomicBoolean();
    Reply reply = new Reply(threads, limits.time());
    Optional<JobHandler> videos = jobs.map(all -> new JobHandler(all, reply, Routes.JOBS));
    DepthHandler depth = new DepthHandler(service, limits, memory, metrics, reply);
    Routes routes =
        new Routes(model, options, service, depth, videos, app, metrics, reply, ready::get);
    AccessLog visits = new AccessLog(routes, metrics, log);
    Javalin javalin =
        Javalin.create(
            config -> {
              quiet(config);
              config.http.prefer405over404 = true;
              config.jetty.threadPool = threads;
              config.jetty.modifyServer(jetty -> modify(jetty, visits));
              config.jetty.modifyServletContextHandler(
                  context -> context.setErrorHandler(new PlainErrors()));
              config.jetty.addConnector(
                  (server, http) -> connector(server, http, options, connections));
              routes.addTo(config.routes);
            });
    DepthServer server =
        new DepthServer(javalin, service, jobs, connections, log, ready, routes, app.present());
    server.start(options);
    return server;
  }

  private static void quiet(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.startupWatcherEnabled = false;
    config.startup.showOldJavalinVersionWarning = false;
  }

  private static void modify(Server server, RequestLog visits) {
    server.setRequestLog(visits);
    server.setErrorHandler(new PlainErrors());
    server.insertHandler(new GracefulHandler());
    server.setStopTimeout(FAREWELL.toMillis());
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
  }

  private static Connector connector(
      Server server, HttpConfiguration http, ServerOptions options, SlowConnections connections) {
    http.setUriCompliance(UriCompliance.DEFAULT);
    http.setRequestHeaderSize(LONGEST_HEADERS);
    http.setSendServerVersion(false);
    // Otherwise a header's value is replaced by an earlier one on the same connection that differs
    // only in case: a wrong token by the right one.
    http.setHeaderCacheCaseSensitive(true);
    ConnectionLimits crowds = new ConnectionLimits();
    http.addCustomizer(new RequestId());
    http.addCustomizer(connections);
    http.addCustomizer(crowds);
    http.addCustomizer(new SecurityHeaders());
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        options
            .certificate()
            .map(
                certificate -> {
                  http.addCustomizer(new SecureRequestCustomizer(false));
                  return new ServerConnector(
                      server,
                      1,
                      1,
                      new SslConnectionFactory(certificate.contextFactory(), plain.getProtocol()),
                      plain);
                })
            .orElseGet(() -> new ServerConnector(server, 1, 1, plain));
    connector.setHost(options.host());
    connector.setPort(options.port());
    // Connections that wait for an answer are idle; their own limit has to take effect first.
    connector.setIdleTimeout(options.limits().time().plusSeconds(5).toMillis());
    connector.addBean(connections);
    connector.addBean(crowds);
    return connector;
  }

  private void start(ServerOptions options) {
    String where = options.host() + ", port " + options.port();
    boolean started = false;
    try {
      InetAddress unused = InetAddress.getByName(options.host());
      javalin.start();
      port = javalin.port();
      started = true;
      ready.set(true);
    } catch (UnknownHostException e) {
      throw new ServerException(options.host() + " is not an address of this machine", e);
    } catch (JavalinBindException e) {
      throw new ServerException(
          "cannot listen on " + where + ": in use or not permitted; choose another port", e);
    } catch (JavalinException e) {
      throw new ServerException("cannot listen on " + where + " (" + root(e) + ")", e);
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private static String root(Throwable problem) {
    Throwable cause = problem;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Whether it serves the web app as well: a build can leave it out. */
  public boolean servesApp() {
    return withApp;
  }

  Routes routes() {
    return routes;
  }

  /**
   * Stops: new requests are refused, running ones have ten seconds to finish; videos are cancelled
   * and their files deleted. Closing twice does nothing.
   */
  @Override
  public void close() {
    ready.set(false);
    // Videos end at once: they may take longer than anybody waits.
    jobs.ifPresent(Jobs::stop);
    try {
      javalin.stop();
    } catch (JavalinException e) {
      // Some took longer; they are cut off.
    }
    jobs.ifPresent(Jobs::close);
    service.close();
    connections.close();
    log.ifPresent(LogWriter::close);
  }
}
