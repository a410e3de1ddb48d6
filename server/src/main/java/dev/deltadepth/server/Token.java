package dev.deltadepth.server;

import dev.deltadepth.io.Sha256;
import dev.deltadepth.server.http.ServerException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The secret that clients of the API must send (RFC 6750), if there is one. */
final class Token {
  private static final String SCHEME = "Bearer ";

  private final Optional<String> hash;
  private final WrongTokens wrong = new WrongTokens(System::nanoTime);

  Token(Optional<String> secret) {
    this.hash = secret.map(Sha256::of);
  }

  /**
   * Checks a client's {@code Authorization} header. Hashes are compared in constant time, so that
   * the response time reveals nothing about the secret or its length.
   *
   * @param client who sends it: after some wrong ones it has to wait, even with the right one
   * @throws ServerException with 401 if the secret is missing or wrong, 429 after too many wrong
   *     ones
   */
  void check(Optional<String> authorization, String client) {
    if (hash.isEmpty()) {
      return;
    }
    if (authorization.isPresent() && wrong.wait(client) > 0) {
      throw new ServerException(
          429, "too many wrong tokens came from your address: wait", wrong.wait(client));
    }
    String given =
        authorization
            .filter(text -> text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            .map(text -> text.substring(SCHEME.length()).strip())
            .orElse("");
    if (!MessageDigest.isEqual(bytes(Sha256.of(given)), bytes(hash.get()))) {
      if (authorization.isPresent()) {
        wrong.add(client);
      }
      throw new ServerException(
          401, "a token is required: send the header Authorization: Bearer TOKEN");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
