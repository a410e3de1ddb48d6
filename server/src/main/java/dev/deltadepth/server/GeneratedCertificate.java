package dev.deltadepth.server;

import dev.deltadepth.server.http.ServerException;
import dev.deltadepth.server.http.StaticFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A self-made certificate, for networks in which no public authority issues one: an authority that
 * is created once, which a phone can be told to trust, and a server certificate signed by it, which
 * is renewed when the addresses change or it expires. Java's keytool creates both; Java's library
 * has no API for it.
 */
public final class GeneratedCertificate {
  private static final String FILE = "tls.p12";
  private static final String AUTHORITY = "authority";
  private static final String SERVER = "server";

  /** Not a secret: the file's permissions protect the keys. */
  private static final String PASSWORD = "delta-tls";

  private static final int AUTHORITY_DAYS = 3650;

  /** iOS and Chrome accept at most 825 and 398 days. */
  private static final int SERVER_DAYS = 397;

  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F]*:[0-9a-fA-F:.]*");

  private final Path folder;
  private final Path file;

  private GeneratedCertificate(Path folder) {
    this.folder = folder;
    this.file = folder.resolve(FILE);
  }

  /**
   * The certificate in a folder, created or renewed if needed.
   *
   * @param folder private to the user; created if needed
   * @param names host names and IP addresses of the server
   * @throws ServerException if it can neither be read nor created
   */
  public static ServerCertificate in(Path folder, Collection<String> names) {
    return new GeneratedCertificate(folder).get(names);
  }

  private ServerCertificate get(Collection<String> names) {
    try {
      createFolder();
      Optional<KeyStore> kept =
          Files.exists(file)
              ? Optional.of(ServerCertificate.pkcs12(file, PASSWORD.toCharArray()))
              : Optional.empty();
      boolean authority = kept.isPresent() && valid(kept.get(), AUTHORITY);
      if (!authority || !valid(kept.get(), SERVER) || !covers(kept.get(), names)) {
        make(authority, names);
      }
      KeyStore store = ServerCertificate.pkcs12(file, PASSWORD.toCharArray());
      byte[] trusted = certificate(store, AUTHORITY).orElseThrow().getEncoded();
      return new ServerCertificate(
          store,
          SERVER,
          PASSWORD.toCharArray(),
          StaticFile.of(trusted, "application/x-x509-ca-cert"));
    } catch (IOException | GeneralSecurityException e) {
      throw new ServerException(
          "cannot use the certificate in " + file + " (" + e.getMessage() + "): delete it", e);
    }
  }

  private static boolean valid(KeyStore store, String alias) throws GeneralSecurityException {
    Instant until = Instant.now().plus(RENEWED_BEFORE);
    return certificate(store, alias)
        .filter(certificate -> certificate.getNotAfter().toInstant().isAfter(until))
        .isPresent();
  }

  private static boolean covers(KeyStore store, Collection<String> names)
      throws GeneralSecurityException {
    Set<String> covered = new HashSet<>();
    Optional<X509Certificate> certificate = certificate(store, SERVER);
    if (certificate.isPresent()) {
      Collection<List<?>> alternatives = certificate.get().getSubjectAlternativeNames();
      if (alternatives != null) {
        alternatives.forEach(name -> covered.add(String.valueOf(name.get(1))));
      }
    }
    return covered.containsAll(names);
  }

  private static Optional<X509Certificate> certificate(KeyStore store, String alias)
      throws GeneralSecurityException {
    Certificate certificate = store.getCertificate(alias);
    return certificate instanceof X509Certificate x509 ? Optional.of(x509) : Optional.empty();
  }

  /** Writes a new file, which replaces the old one when complete. */
  private void make(boolean keepAuthority, Collection<String> names) throws IOException {
    Path made = folder.resolve(FILE + ".new");
    Files.deleteIfExists(made);
    try {
      if (keepAuthority) {
        Files.copy(file, made);
        keytool(made, "-delete", "-alias", SERVER);
      } else {
        keytool(
            made,
            pair(AUTHORITY, AUTHORITY_DAYS, "CN=Delta on " + hostName()),
            "-ext",
            "bc:c=ca:true,pathlen:0",
            "-ext",
            "ku:c=keyCertSign,cRLSign");
      }
      keytool(
          made,
          pair(SERVER, SERVER_DAYS, "CN=Delta"),
          "-signer",
          AUTHORITY,
          "-ext",
          "san=" + alternatives(names),
          "-ext",
          "eku=serverAuth",
          "-ext",
          "ku:c=digitalSignature");
      restrict(made, "rw-------");
      Files.move(made, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private static String[] pair(String alias, int days, String name) {
    return new String[] {
      "-genkeypair",
      "-alias",
      alias,
      "-keyalg",
      "EC",
      "-groupname",
      "secp256r1",
      "-sigalg",
      "SHA256withECDSA",
      "-validity",
      Integer.toString(days),
      "-dname",
      name
    };
  }

  private static String alternatives(Collection<String> names) {
    List<String> alternatives = new ArrayList<>();
    for (String name : names) {
      alternatives.add((ADDRESS.matcher(name).matches() ? "ip:" : "dns:") + name);
    }
    return String.join(",", alternatives);
  }

  /** For people who read the list of trusted certificates; invalid characters are replaced. */
  private static String hostName() {
    String name = System.getenv().getOrDefault("HOSTNAME", "this machine");
    return name.replaceAll("[^A-Za-z0-9. -]", "-");
  }

  private static void keytool(Path store, String[] arguments, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    keytool(store, all.toArray(new String[0]));
  }

  private static void keytool(Path store, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    try {
      if (process.waitFor() != 0) {
        throw new IOException(said.strip().replaceAll("\\s+", " "));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void createFolder() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      restrict(folder, "rwx------");
    }
  }

  private static void restrict(Path path, String permissions) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }
}
