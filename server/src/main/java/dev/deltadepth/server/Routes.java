package dev.deltadepth.server;

import dev.deltadepth.server.AppFiles.Found;
import dev.deltadepth.server.http.Reply;
import dev.deltadepth.server.http.RequestId;
import dev.deltadepth.server.http.Sender;
import dev.deltadepth.server.http.ServerException;
import dev.deltadepth.server.http.StaticFile;
import dev.deltadepth.server.job.JobHandler;
import dev.deltadepth.server.log.Faults;
import dev.deltadepth.server.page.AndroidApp;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Request;

/** Maps paths to operations. */
final class Routes {
  static final String API = "/api/v1/";
  static final String JOBS = API + "jobs";

  private static final String REVALIDATE = "no-cache";
  private static final String FOREVER = "public, max-age=31536000, immutable";

  /**
   * One operation.
   *
   * @param method GET, which includes HEAD, POST or DELETE
   * @param path its path
   * @param guarded whether the token is required
   */
  record Route(HandlerType method, String path, boolean guarded, Handler handler) {
    /** Whether a path is one of its own. */
    boolean has(String other) {
      int id = path.indexOf("{id}");
      if (id < 0) {
        return path.equals(other);
      }
      int end = other.length() - (path.length() - id - "{id}".length());
      return end > id
          && other.startsWith(path.substring(0, id))
          && other.endsWith(path.substring(id + "{id}".length()))
          && other.indexOf('/', id) == (end < other.length() ? end : -1);
    }
  }

  private final List<Route> routes = new ArrayList<>();
  private final DepthService service;
  private final Token token;
  private final Visitors visitors;
  private final Metrics metrics;
  private final Reply reply;
  private final AppFiles app;
  private final BooleanSupplier ready;
  private final PrintStream errors = System.err;

  /**
   * Lists the operations.
   *
   * @param ready whether photos are taken now
   */
  Routes(
      ServedModel model,
      ServerOptions options,
      DepthService service,
      DepthHandler depth,
      Optional<JobHandler> videos,
      AppFiles app,
      Metrics metrics,
      Reply reply,
      BooleanSupplier ready) {
    this.ready = ready;
    this.service = service;
    this.token = new Token(options.token());
    this.visitors = new Visitors(options);
    this.app = app;
    this.metrics = metrics;
    this.reply = reply;
    StaticFile facts = model.facts(options);
    OpenApi openApi = new OpenApi(options);
    post(API + "depth", depth::handle);
    post(API + "photo", depth::photo);
    videos.ifPresent(this::addVideos);
    get(API + "model", true, request -> reply.send(request, facts, REVALIDATE));
    get(API + "model.onnx", true, request -> reply.send(request, model.file(), REVALIDATE));
    get("/healthz", false, this::health);
    get("/readyz", false, this::readiness);
    get("/metrics", true, this::metrics);
    get("/openapi.json", false, request -> reply.send(request, openApi.document(), REVALIDATE));
    get("/api", false, request -> reply.send(request, openApi.page(origin(request)), REVALIDATE));
    get("/api/style.css", false, request -> reply.send(request, openApi.style(), REVALIDATE));
    options.android().ifPresent(this::addAndroid);
    options
        .certificate()
        .flatMap(ServerCertificate::authority)
        .ifPresent(
            authority ->
                get(
                    "/certificate.crt",
                    false,
                    request -> reply.send(request, authority, REVALIDATE)));
  }

  private void addVideos(JobHandler videos) {
    post(JOBS, videos::create);
    get(JOBS + "/{id}", true, videos::status);
    routes.add(new Route(HandlerType.DELETE, JOBS + "/{id}", true, videos::remove));
    get(JOBS + "/{id}/result", true, videos::result);
  }

  private void addAndroid(AndroidApp android) {
    get(
        AndroidApp.PAGE,
        false,
        request -> {
          boolean local = Visitors.isLocal(request);
          reply.send(request, android.page(origin(request), local), REVALIDATE);
        });
    get(AndroidApp.PATH, false, request -> reply.send(request, android.file(), REVALIDATE));
  }

  private void get(String path, boolean guarded, Handler handler) {
    routes.add(new Route(HandlerType.GET, path, guarded, handler));
  }

  private void post(String path, Handler handler) {
    routes.add(new Route(HandlerType.POST, path, true, handler));
  }

  /** All operations except the app's files. */
  List<Route> list() {
    return List.copyOf(routes);
  }

  void addTo(RoutesConfig config) {
    config.before(visitors::check);
    if (visitors.hasOrigins()) {
      config.addHttpHandler(HandlerType.OPTIONS, "/<path>", visitors::preflight);
    }
    for (Route route : routes) {
      Handler handler = route.guarded() ? guarded(route.handler()) : route.handler();
      add(config, route.method(), route.path(), handler);
    }
    add(config, HandlerType.GET, "/", request -> appFile(request, ""));
    add(config, HandlerType.GET, "/<path>", request -> appFile(request, request.pathParam("path")));
    config.exception(ServerException.class, this::refuse);
    config.exception(HttpResponseException.class, this::refuseByRouter);
    // Or the client has disconnected, and there is nobody to answer.
    config.exception(
        IOException.class,
        (problem, request) -> reply.refuse(request, 400, "the body is cut off or not valid HTTP"));
    config.exception(Exception.class, this::fail);
  }

  private static void add(RoutesConfig config, HandlerType method, String path, Handler handler) {
    config.addHttpHandler(method, path, handler);
    if (method.equals(HandlerType.GET)) {
      config.addHttpHandler(HandlerType.HEAD, path, handler);
    }
  }

  private Handler guarded(Handler handler) {
    return request -> {
      Request jetty = Reply.jetty(request);
      String client = Sender.client(Sender.address(jetty));
      token.check(Optional.ofNullable(request.header("Authorization")), client);
      handler.handle(request);
    };
  }

  private void refuse(ServerException problem, Context request) {
    if (problem.status() == 500) {
      tell(problem, request);
    }
    if (problem.status() == 401) {
      request.header("WWW-Authenticate", "Bearer");
    }
    if (problem.status() == 503 || problem.status() == 429) {
      request.header(
          "Retry-After",
          Integer.toString(problem.retryAfter() > 0 ? problem.retryAfter() : service.retryAfter()));
    }
    reply.refuse(request, problem.status(), String.valueOf(problem.getMessage()));
  }

  /** Our own fault: the operator gets the stack trace, and both get the id to speak of it. */
  private void fail(Exception problem, Context request) {
    tell(problem, request);
    reply.refuse(
        request,
        500,
        "an error of the server; tell its operator the requestId, which stands in its log");
  }

  private void tell(Exception problem, Context request) {
    String id = RequestId.of(Reply.jetty(request));
    Faults.tell(errors, id + " of " + request.req().getMethod() + " " + request.path(), problem);
  }

  private void refuseByRouter(HttpResponseException problem, Context request) {
    int status = problem.getStatus();
    if (status == 405) {
      refuseMethod(request, request.path());
      return;
    }
    reply.refuse(request, status, "not found; see /api");
  }

  /** The router counts the app's files, which may have any path, among what a path allows. */
  private void refuseMethod(Context request, String path) {
    String allowed = String.join(", ", methods(path));
    if (allowed.isEmpty()) {
      reply.refuse(request, 404, "not found; see /api");
      return;
    }
    request.header("Allow", allowed);
    reply.refuse(request, 405, "this path needs another method: " + allowed);
  }

  private Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    for (Route route : routes) {
      if (route.has(path)) {
        methods.add(route.method().name());
      }
    }
    if (methods.isEmpty() && app.find(path.substring(1), Optional.empty()).isPresent()) {
      methods.add("GET");
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  /** One of a few names for what was asked for: a path of the API, the app, or neither. */
  String label(String path, int status) {
    return routes.stream()
        .filter(route -> route.has(path))
        .map(Route::path)
        .findFirst()
        .orElse(status < 400 ? "app" : "other");
  }

  private static String origin(Context request) {
    return request.scheme() + "://" + request.host();
  }

  private void health(Context request) {
    status(request, "ok");
  }

  private void readiness(Context request) {
    if (!ready.getAsBoolean()) {
      throw new ServerException(503, "the server is stopping");
    }
    status(request, "ready");
  }

  private void status(Context request, String word) {
    request.contentType("application/json");
    request.header("Cache-Control", "no-store");
    reply.send(request, "{\"status\":\"%s\"}".formatted(word).getBytes(StandardCharsets.UTF_8));
  }

  private void metrics(Context request) {
    request.contentType(Metrics.MEDIA_TYPE);
    request.header("Cache-Control", "no-store");
    reply.send(request, metrics.text());
  }

  private void appFile(Context request, String path) {
    if (path.isEmpty() && !app.present()) {
      request.redirect("/api");
      return;
    }
    Optional<String> accepted = Optional.ofNullable(request.header("Accept-Encoding"));
    Optional<Found> file = app.find(path, accepted);
    if (file.isEmpty()) {
      refuseMethod(request, "/" + path);
      return;
    }
    Found found = file.get();
    Reply.varies(request);
    found.coding().ifPresent(coding -> request.header("Content-Encoding", coding));
    reply.send(request, found.file(), found.immutable() ? FOREVER : REVALIDATE);
  }
}
