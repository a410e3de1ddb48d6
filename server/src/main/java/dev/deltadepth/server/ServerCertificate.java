package dev.deltadepth.server;

import dev.deltadepth.server.http.ServerException;
import dev.deltadepth.server.http.StaticFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A private key and its certificates, for TLS. */
public final class ServerCertificate {
  /** The kind of a name, RFC 5280, section 4.2.1.6. */
  private static final Integer DNS_NAME = 2;

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]*-----END CERTIFICATE-----");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");

  private final KeyStore store;
  private final Optional<String> alias;
  private final char[] password;
  private final Optional<StaticFile> authority;

  private ServerCertificate(
      KeyStore store, Optional<String> alias, char[] password, Optional<StaticFile> authority) {
    this.store = store;
    this.alias = alias;
    this.password = password.clone();
    this.authority = authority;
  }

  /** Uses one of several keys, and the authority that signed it. */
  ServerCertificate(KeyStore store, String alias, char[] password, StaticFile authority) {
    this(store, Optional.of(alias), password, Optional.of(authority));
  }

  /** Uses the only key of a store. */
  private ServerCertificate(KeyStore store, char[] password) {
    this(store, Optional.empty(), password, Optional.empty());
  }

  /**
   * Reads a key and certificates from a file: PKCS #12 (.p12, .pfx), or PEM with an unencrypted
   * key.
   *
   * @param file certificates, the server's first; or a PKCS #12 store
   * @param key the file with the key, if it is not in the certificates' PEM file
   * @param password of a PKCS #12 store
   * @throws ServerException if something is missing or cannot be read
   */
  public static ServerCertificate read(Path file, Optional<Path> key, String password) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    try {
      return name.endsWith(".p12") || name.endsWith(".pfx")
          ? new ServerCertificate(pkcs12(file, password.toCharArray()), password.toCharArray())
          : pem(file, key.orElse(file));
    } catch (IOException e) {
      throw new ServerException(
          "cannot read " + file + " (" + e.getMessage() + "): check the path and the password", e);
    } catch (GeneralSecurityException e) {
      throw new ServerException(
          file + " has no usable key and certificate (" + e.getMessage() + ")", e);
    }
  }

  static KeyStore pkcs12(Path file, char[] password) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  private static ServerCertificate pem(Path file, Path keyFile)
      throws IOException, GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> chain = new ArrayList<>();
    Matcher matcher = CERTIFICATE.matcher(Files.readString(file));
    while (matcher.find()) {
      byte[] encoded = matcher.group().getBytes(StandardCharsets.US_ASCII);
      chain.add(factory.generateCertificate(new ByteArrayInputStream(encoded)));
    }
    if (chain.isEmpty()) {
      throw new ServerException(file + " has no certificate in PEM format; choose another file");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        key(keyFile, chain.get(0).getPublicKey().getAlgorithm()),
        new char[0],
        chain.toArray(new Certificate[0]));
    return new ServerCertificate(store, new char[0]);
  }

  private static PrivateKey key(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    Matcher matcher = KEY.matcher(Files.readString(file));
    if (!matcher.find()) {
      throw new ServerException(
          file
              + " has no unencrypted key (BEGIN PRIVATE KEY); create one with: openssl pkcs8 -topk8"
              + " -nodes -in KEY -out NEW.pem");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  /** The settings for Jetty. */
  SslContextFactory.Server contextFactory() {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setKeyStore(store);
    factory.setKeyStorePassword(new String(password));
    alias.ifPresent(factory::setCertAlias);
    return factory;
  }

  /** The names that it is for, in lower case; an asterisk may stand for the first label. */
  Set<String> names() {
    Set<String> names = new HashSet<>();
    try {
      for (String name : Collections.list(store.aliases())) {
        if (store.getCertificate(name) instanceof X509Certificate certificate
            && certificate.getSubjectAlternativeNames() != null) {
          for (List<?> entry : certificate.getSubjectAlternativeNames()) {
            if (entry.get(0).equals(DNS_NAME)) {
              names.add(String.valueOf(entry.get(1)).toLowerCase(Locale.ROOT));
            }
          }
        }
      }
    } catch (GeneralSecurityException e) {
      // Jetty reads the same store, and says what is wrong with it.
    }
    return names;
  }

  /** Whether it is self-made, so that clients trust it only if told to. */
  public boolean isGenerated() {
    return authority.isPresent();
  }

  /** The authority's certificate for phones to trust, if it is self-made. */
  Optional<StaticFile> authority() {
    return authority;
  }
}
