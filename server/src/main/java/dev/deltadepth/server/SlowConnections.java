package dev.deltadepth.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Closes connections that send no complete request for too long. Jetty's idle timeout restarts with
 * every byte, so a client that sends its headers byte by byte could stay forever.
 */
final class SlowConnections
    implements Connection.Listener, HttpConfiguration.Customizer, AutoCloseable {
  /** Far beyond any time that {@link System#nanoTime} will return. */
  private static final long PATIENCE_OF_A_REQUEST = TimeUnit.DAYS.toNanos(3650);

  private final long patience;

  /** The deadline for each connection's next request. */
  private final Map<Connection, Long> deadlines = new ConcurrentHashMap<>();

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "delta-connections");
            thread.setDaemon(true);
            return thread;
          });

  SlowConnections(Duration patience) {
    this.patience = patience.toNanos();
    long period = Math.max(1, Math.min(1000, patience.toMillis() / 4));
    var unused = clock.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.MILLISECONDS);
  }

  /** The number of open connections. */
  int count() {
    return deadlines.size();
  }

  @Override
  public void onOpened(Connection connection) {
    // With TLS, one connection is layered on another; requests belong to the upper one.
    if (connection instanceof ConnectionMetaData) {
      deadlines.put(connection, System.nanoTime() + patience);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    deadlines.remove(connection);
  }

  /** A request has started: it has its own limits, and the time restarts when it finishes. */
  @Override
  public Request customize(Request request, HttpFields.Mutable response) {
    Connection connection = request.getConnectionMetaData().getConnection();
    deadlines.replace(connection, System.nanoTime() + PATIENCE_OF_A_REQUEST);
    Request.addCompletionListener(
        request, problem -> deadlines.replace(connection, System.nanoTime() + patience));
    return request;
  }

  private void sweep() {
    long now = System.nanoTime();
    deadlines.forEach(
        (connection, deadline) -> {
          if (now - deadline > 0) {
            connection.getEndPoint().close();
          }
        });
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
