package dev.deltadepth.server;

import dev.deltadepth.server.http.RequestId;
import dev.deltadepth.server.http.Sender;
import dev.deltadepth.server.log.LogWriter;
import dev.deltadepth.server.log.Visit;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/** Counts every request that has ended, those that Jetty refused too, and writes them down. */
final class AccessLog implements RequestLog {
  /** Whoever has the id of a job may see and delete it. */
  private static final Pattern JOB = Pattern.compile("(/jobs/[0-9a-f]{8})[0-9a-f]+");

  private final Routes routes;
  private final Metrics metrics;
  private final Optional<LogWriter> writer;

  AccessLog(Routes routes, Metrics metrics, Optional<LogWriter> writer) {
    this.routes = routes;
    this.metrics = metrics;
    this.writer = writer;
  }

  @Override
  public void log(Request request, Response response) {
    double seconds = (System.nanoTime() - request.getBeginNanoTime()) / 1e9;
    String method = String.valueOf(request.getMethod());
    String path = String.valueOf(request.getHttpURI().getPath());
    int status = response.getStatus();
    metrics.visited(routes.label(path, status), method, status, seconds);
    if (writer.isPresent()) {
      writer.get().write(visit(request, response, method, seconds));
    }
  }

  private static Visit visit(Request request, Response response, String method, double seconds) {
    String target = String.valueOf(request.getHttpURI().getPathQuery());
    return new Visit(
        Instant.now().minusNanos((long) (seconds * 1e9)),
        Sender.address(request),
        method,
        JOB.matcher(target).replaceAll("$1..."),
        String.valueOf(request.getConnectionMetaData().getHttpVersion()),
        response.getStatus(),
        Response.getContentBytesWritten(response),
        seconds,
        RequestId.of(request),
        Optional.ofNullable(request.getHeaders().get(HttpHeader.REFERER)),
        Optional.ofNullable(request.getHeaders().get(HttpHeader.USER_AGENT)));
  }
}
