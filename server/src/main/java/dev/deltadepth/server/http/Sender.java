package dev.deltadepth.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** Who sends a request, as far as addresses tell. */
public final class Sender {
  private static final String FORWARDED = "X-Forwarded-For";
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

  /**
   * Bytes of an address of IPv6 that belong to the network; the others change as a client likes.
   */
  private static final int NETWORK = 8;

  private Sender() {}

  /**
   * The client's address. Behind a proxy on this machine it is the last one that the proxy's {@code
   * X-Forwarded-For} names; from elsewhere that header could be anybody's.
   */
  public static String address(Request request) {
    Optional<InetAddress> peer = peer(request.getConnectionMetaData().getRemoteSocketAddress());
    if (peer.isPresent() && peer.get().isLoopbackAddress()) {
      List<String> named = request.getHeaders().getCSV(FORWARDED, false);
      String last = named.isEmpty() ? "" : named.get(named.size() - 1);
      if (ADDRESS.matcher(last).matches()) {
        return last;
      }
    }
    return peer.map(InetAddress::getHostAddress).orElse("-");
  }

  /**
   * What counts as one client: an address, of IPv6 its network of 64 bits.
   *
   * @param peer the other end of a connection
   */
  public static String client(SocketAddress peer) {
    return peer(peer).map(Sender::client).orElse("-");
  }

  /** The same for an address as {@link #address} gives it. */
  public static String client(String address) {
    try {
      // With a colon it is never looked up.
      return address.contains(":") ? client(InetAddress.getByName(address)) : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }

  private static String client(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length > 4
        ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK))
        : address.getHostAddress();
  }

  private static Optional<InetAddress> peer(SocketAddress address) {
    return address instanceof InetSocketAddress internet
        ? Optional.ofNullable(internet.getAddress())
        : Optional.empty();
  }
}
