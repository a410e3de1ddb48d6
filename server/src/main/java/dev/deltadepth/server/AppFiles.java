package dev.deltadepth.server;

import dev.deltadepth.server.http.Codings;
import dev.deltadepth.server.http.StaticFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the web app, from the class path folder {@value #FOLDER}. Clients that accept it get
 * the compressed file beside one, ending in {@code .br} or {@code .gz}.
 */
final class AppFiles {
  static final String FOLDER = "dev/deltadepth/web/app/";

  /** Names that contain a hash of the content, such as {@code app.0123abcd.js}. */
  private static final Pattern HASHED = Pattern.compile(".*[.-][0-9a-f]{8,64}\\.[a-z0-9]+");

  /** Dots only before extensions, so that no path leads out of the folder. */
  private static final Pattern PATH =
      Pattern.compile("(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("onnx", "application/octet-stream"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  /**
   * A file as sent to one client.
   *
   * @param file its bytes, compressed if there is a coding
   * @param coding the content coding, or nothing
   * @param immutable whether its name changes with its content
   */
  record Found(StaticFile file, Optional<String> coding, boolean immutable) {}

  private final ClassLoader classPath;
  private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

  /** The files of a class path. */
  AppFiles(ClassLoader classPath) {
    this.classPath = classPath;
  }

  /** Whether the app is part of this build. */
  boolean present() {
    return classPath.getResource(FOLDER + "index.html") != null;
  }

  /**
   * Finds a file.
   *
   * @param path relative to the folder; empty for {@code index.html}
   * @param acceptEncoding the client's header
   */
  Optional<Found> find(String path, Optional<String> acceptEncoding) {
    String name = path.isEmpty() ? "index.html" : path;
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String type = TYPES.get(extension);
    if (type == null || !PATH.matcher(name).matches()) {
      return Optional.empty();
    }
    boolean immutable = HASHED.matcher(name).matches();
    for (String coding : codings(acceptEncoding)) {
      String suffix = coding.equals(Codings.GZIP) ? ".gz" : ".br";
      Optional<StaticFile> compressed = load(name + suffix, type);
      if (compressed.isPresent()) {
        return Optional.of(new Found(compressed.get(), Optional.of(coding), immutable));
      }
    }
    return load(name, type).map(file -> new Found(file, Optional.empty(), immutable));
  }

  /** The accepted codings, the one with smaller files first. */
  private static List<String> codings(Optional<String> acceptEncoding) {
    return Stream.of("br", Codings.GZIP)
        .filter(coding -> Codings.accepted(acceptEncoding, coding))
        .toList();
  }

  private Optional<StaticFile> load(String name, String type) {
    StaticFile known = files.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    try (InputStream in = classPath.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        return Optional.empty();
      }
      StaticFile file = StaticFile.of(in.readAllBytes(), type);
      files.put(name, file);
      return Optional.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
