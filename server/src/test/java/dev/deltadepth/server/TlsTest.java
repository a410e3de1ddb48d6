package dev.deltadepth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.server.http.ServerException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final List<String> NAMES = List.of("localhost", "127.0.0.1");

  /** One certificate for all: keytool takes its time. */
  @TempDir static Path kept;

  private static ServerCertificate generated;

  @TempDir Path folder;

  @BeforeAll
  static void generate() {
    generated = GeneratedCertificate.in(kept.resolve("tls"), NAMES);
  }

  @Test
  void aClientThatTrustsTheGeneratedAuthorityIsServed() throws Exception {
    try (TestServer server =
        TestServer.start(folder, ServerOptions.defaults().withCertificate(generated))) {
      byte[] authority = authority(generated);
      HttpResponse<byte[]> response = get(server, authority, "/certificate.crt");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo(authority);
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/x-x509-ca-cert");
      assertThat(TestServer.text(get(server, authority, "/openapi.json")))
          .contains("/certificate.crt");
      assertThatThrownBy(
              () ->
                  HttpClient.newHttpClient().send(request(server, "/"), BodyHandlers.ofByteArray()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("certification path");
    }
  }

  private static HttpRequest request(TestServer server, String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.server.port() + path))
        .build();
  }

  private static HttpResponse<byte[]> get(TestServer server, byte[] trusted, String path)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("trusted", x509(trusted));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(request(server, path), BodyHandlers.ofByteArray());
  }

  private static X509Certificate x509(byte[] encoded) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  @Test
  void theKeyIsKeptForTheUserAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.resolve("tls"))))
        .isEqualTo("rwx------");
    Path file = kept.resolve("tls/tls.p12");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(kept.resolve("tls"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void newAddressesGetANewCertificateOfTheSameAuthority() throws Exception {
    byte[] authority = authority(generated);
    byte[] file = Files.readAllBytes(kept.resolve("tls/tls.p12"));
    Files.write(folder.resolve("tls.p12"), file);
    assertThat(authority(GeneratedCertificate.in(folder, NAMES))).isEqualTo(authority);
    assertThat(Files.readAllBytes(folder.resolve("tls.p12"))).isEqualTo(file);
    ServerCertificate other =
        GeneratedCertificate.in(folder, List.of("127.0.0.1", "192.0.2.7", "depth.local"));
    assertThat(authority(other)).isEqualTo(authority);
    X509Certificate server = server(folder);
    server.verify(x509(authority).getPublicKey());
    assertThat(server.getSubjectAlternativeNames())
        .extracting(name -> (Object) name.get(1))
        .containsExactlyInAnyOrder("127.0.0.1", "192.0.2.7", "depth.local");
    assertThat(server.getBasicConstraints()).isEqualTo(-1);
    assertThat(x509(authority).getBasicConstraints()).isZero();
  }

  private static byte[] authority(ServerCertificate certificate) {
    return certificate.authority().orElseThrow().content();
  }

  private static X509Certificate server(Path in) throws Exception {
    KeyStore store = ServerCertificate.pkcs12(in.resolve("tls.p12"), "delta-tls".toCharArray());
    return (X509Certificate) store.getCertificate("server");
  }

  @Test
  void keysInPemAndPkcs12AreTaken() throws Exception {
    byte[] authority = authority(generated);
    Path store = kept.resolve("tls/tls.p12");
    KeyStore keys = ServerCertificate.pkcs12(store, "delta-tls".toCharArray());
    StringBuilder chain = new StringBuilder();
    for (Certificate certificate : keys.getCertificateChain("server")) {
      chain.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    String key = pem("PRIVATE KEY", keys.getKey("server", "delta-tls".toCharArray()).getEncoded());
    Path both = Files.writeString(folder.resolve("both.pem"), chain + key);
    Path certificates = Files.writeString(folder.resolve("chain.pem"), chain);
    Path keyAlone = Files.writeString(folder.resolve("key.pem"), key);
    keys.deleteEntry("authority");
    Path single = folder.resolve("single.p12");
    try (var out = Files.newOutputStream(single)) {
      keys.store(out, "delta-tls".toCharArray());
    }
    for (ServerCertificate certificate :
        List.of(
            ServerCertificate.read(both, Optional.empty(), ""),
            ServerCertificate.read(certificates, Optional.of(keyAlone), ""),
            ServerCertificate.read(single, Optional.empty(), "delta-tls"))) {
      try (TestServer server =
          TestServer.start(folder, ServerOptions.defaults().withCertificate(certificate))) {
        assertThat(get(server, authority, "/healthz").statusCode()).isEqualTo(200);
      }
    }
  }

  private static String pem(String kind, byte[] content) {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }

  @Test
  void whatIsNoCertificateIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.pem"), "hello");
    Path store = Files.writeString(folder.resolve("text.p12"), "hello");
    Path missing = folder.resolve("missing.pem");
    assertRefused(text, text + " has no certificate in PEM format");
    assertRefused(store, "cannot read " + store);
    assertRefused(missing, "cannot read " + missing);
    Files.writeString(folder.resolve("tls.p12"), "hello");
    assertThatThrownBy(() -> GeneratedCertificate.in(folder, NAMES))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("delete it");
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> ServerCertificate.read(file, Optional.empty(), "x"))
        .isInstanceOf(ServerException.class)
        .hasMessageStartingWith(message);
  }
}
