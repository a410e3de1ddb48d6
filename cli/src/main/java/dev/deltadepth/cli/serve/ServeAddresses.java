package dev.deltadepth.cli.serve;

import dev.deltadepth.server.http.ServerException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Under which addresses a server is reached that listens on one.
 *
 * @param local whether only this machine reaches it
 * @param hosts addresses for people, the likeliest first
 */
public record ServeAddresses(boolean local, List<String> hosts) {

  /**
   * The addresses of a host to listen on.
   *
   * @throws ServerException if there is no such host
   */
  public static ServeAddresses of(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isLoopbackAddress() || !address.isAnyLocalAddress()) {
        return new ServeAddresses(address.isLoopbackAddress(), List.of(host));
      }
      List<String> hosts = interfaces();
      return new ServeAddresses(false, hosts.isEmpty() ? List.of("127.0.0.1") : hosts);
    } catch (UnknownHostException e) {
      throw new ServerException(
          "'" + host + "' is not an address of this machine; choose another one with --host", e);
    } catch (SocketException e) {
      throw new ServerException("cannot list the addresses of this machine", e);
    }
  }

  /** Private networks first: that is where a phone is. */
  private static List<String> interfaces() throws SocketException {
    List<String> near = new ArrayList<>();
    List<String> far = new ArrayList<>();
    for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
      if (!network.isUp() || network.isLoopback()) {
        continue;
      }
      for (InetAddress address : network.inetAddresses().toList()) {
        if (address instanceof Inet4Address && !address.isLinkLocalAddress()) {
          (address.isSiteLocalAddress() ? near : far).add(address.getHostAddress());
        }
      }
    }
    near.addAll(far);
    return near;
  }

  /** What a certificate has to name. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1"));
    names.addAll(hosts);
    return names;
  }

  /** A host as it stands in an address. */
  static String inUrl(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
