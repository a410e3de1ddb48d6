package dev.deltadepth.server;

import dev.deltadepth.server.http.Sender;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Limits the connections of each client. Jetty limits only those of all together, so that one that
 * does nothing on a thousand of them would keep out everybody else.
 */
final class ConnectionLimits implements Connection.Listener, HttpConfiguration.Customizer {
  /** Connections of a client on which no request is in progress. One more ends the oldest. */
  static final int IDLE = 256;

  /** All connections of a client. One more is closed at once. */
  static final int ALL = 512;

  /** Some client's connections. */
  private static final class Client {
    private final String name;
    private int open;

    /** From the one that has done nothing for longest. */
    private final Set<Connection> idle = new LinkedHashSet<>();

    Client(String name) {
      this.name = name;
    }
  }

  private final Map<String, Client> clients = new HashMap<>();

  /** Connections that are closed no longer tell to whom they led. */
  private final Map<Connection, Client> owners = new HashMap<>();

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData) {
      opened(connection).ifPresent(one -> one.getEndPoint().close());
    }
  }

  private synchronized Optional<Connection> opened(Connection connection) {
    String name = Sender.client(connection.getEndPoint().getRemoteSocketAddress());
    Client client = clients.computeIfAbsent(name, Client::new);
    owners.put(connection, client);
    client.open++;
    client.idle.add(connection);
    return client.open > ALL ? Optional.of(connection) : surplus(client);
  }

  private static Optional<Connection> surplus(Client client) {
    if (client.idle.size() <= IDLE) {
      return Optional.empty();
    }
    Iterator<Connection> oldest = client.idle.iterator();
    Connection ending = oldest.next();
    oldest.remove();
    return Optional.of(ending);
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    Client client = owners.remove(connection);
    if (client != null) {
      client.idle.remove(connection);
      if (--client.open == 0) {
        clients.remove(client.name);
      }
    }
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable response) {
    Connection connection = request.getConnectionMetaData().getConnection();
    begun(connection);
    Request.addCompletionListener(
        request, problem -> ended(connection).ifPresent(one -> one.getEndPoint().close()));
    return request;
  }

  private synchronized void begun(Connection connection) {
    Client client = owners.get(connection);
    if (client != null) {
      client.idle.remove(connection);
    }
  }

  private synchronized Optional<Connection> ended(Connection connection) {
    Client client = owners.get(connection);
    if (client == null) {
      return Optional.empty();
    }
    client.idle.add(connection);
    return surplus(client);
  }
}
