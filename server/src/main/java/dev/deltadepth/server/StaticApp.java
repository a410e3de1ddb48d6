package dev.deltadepth.server;

import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;

/** The web app as static files, for hosts that run no program of ours. */
public final class StaticApp {
  /**
   * The name of the file with the headers of all answers, in the form that hosts such as Netlify
   * and Cloudflare Pages read.
   */
  public static final String HEADERS = "_headers";

  private StaticApp() {}

  /**
   * Writes the files of the app, and {@value #HEADERS}. Files of the same names are replaced,
   * others stay.
   *
   * @param classPath that holds the app
   * @param folder created if it does not exist
   * @return how many files were written
   * @throws FileException if they cannot be written, or this build has no app
   */
  public static int write(ClassLoader classPath, Path folder) {
    URL index = classPath.getResource(AppFiles.FOLDER + "index.html");
    if (index == null) {
      throw new FileException(
          "this build has no web app: it was built without npm; install npm and build again");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new FileException("cannot create the folder " + folder + "; check its name", e);
    }
    AtomicFile.write(
        folder.resolve(HEADERS), out -> out.write(headers().getBytes(StandardCharsets.UTF_8)));
    try {
      URI place = index.toURI();
      if (!place.getScheme().equals("jar")) {
        return 1 + copy(Path.of(place), folder);
      }
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        return 1 + copy(jar.getPath("/" + AppFiles.FOLDER + "index.html"), folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the app's files", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The headers of all files; browsers ask each time whether a file has changed. */
  private static String headers() {
    HttpFields.Mutable fields = HttpFields.build();
    SecurityHeaders.addTo(fields);
    fields.put("Cache-Control", "no-cache");
    StringBuilder lines = new StringBuilder("/*\n");
    fields.forEach(
        field ->
            lines
                .append("  ")
                .append(field.getName())
                .append(": ")
                .append(field.getValue())
                .append('\n'));
    return lines.toString();
  }

  private static int copy(Path index, Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(index.resolveSibling(""))) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      AtomicFile.write(folder.resolve(file.getFileName().toString()), out -> out.write(bytes));
    }
    return files.size();
  }
}
