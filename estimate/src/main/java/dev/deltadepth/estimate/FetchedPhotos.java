package dev.deltadepth.estimate;

import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Photos that are not files: standard input ({@code -}) and addresses ({@code http:} and {@code
 * https:}). They are kept in a temporary folder until this is closed.
 */
public final class FetchedPhotos implements AutoCloseable {

  /** What stands for standard input and output. */
  public static final String STANDARD = "-";

  private static final Pattern ADDRESS = Pattern.compile("(?i)https?://.*");
  private static final long LARGEST = 1L << 30;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final InputStream standardInput;
  private final long largest;
  private final Duration longest;
  private final List<Path> folders = new ArrayList<>();

  /** Fetches photos, some perhaps from standard input. */
  public FetchedPhotos(InputStream standardInput) {
    this(standardInput, LARGEST, LONGEST);
  }

  /** With other limits on a photo: bytes, and the time that an address may take. */
  FetchedPhotos(InputStream standardInput, long largest, Duration longest) {
    this.standardInput = standardInput;
    this.largest = largest;
    this.longest = longest;
  }

  /** Whether an input is one of these, not a file. */
  public static boolean isOne(String input) {
    return input.equals(STANDARD) || ADDRESS.matcher(input).matches();
  }

  /**
   * Fetches a photo; redirections are followed, but not from https to http.
   *
   * @param input {@code -} or an address
   * @return the photo in a temporary file; its maps go to the working directory
   * @throws FileException if it cannot be fetched, is larger than 1 GB or takes more than a minute
   */
  public PhotoFiles.Photo fetch(String input) throws InterruptedException {
    try {
      Path folder = Files.createTempDirectory("delta");
      folders.add(folder);
      Path file = folder.resolve(input.equals(STANDARD) ? "stdin" : name(input));
      if (input.equals(STANDARD)) {
        copy(standardInput, file, "standard input");
      } else {
        download(input, file);
      }
      String shown = input.equals(STANDARD) ? "standard input" : input;
      return new PhotoFiles.Photo(file, Path.of(""), shown, Path.of(""));
    } catch (IOException e) {
      throw new FileException("cannot fetch " + input + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void download(String address, Path file) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(longest)
            .build();
    HttpResponse<InputStream> response;
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address))
              .timeout(longest)
              .header("Accept", "image/*,*/*;q=0.1")
              .build();
      response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IllegalArgumentException e) {
      throw new FileException("'" + address + "' is not an address: " + e.getMessage(), e);
    }
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new FileException(
            "cannot fetch " + address + ": the server answered " + response.statusCode());
      }
      // A server may stop in the middle: then nothing but this ends the reading.
      CompletableFuture.delayedExecutor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
          .execute(() -> closeQuietly(body));
      try {
        copy(body, file, address);
      } catch (IOException e) {
        if (System.nanoTime() < deadline) {
          throw e;
        }
        throw new FileException(
            "cannot fetch %s: it takes more than %s s".formatted(address, longest.toSeconds()), e);
      }
    }
  }

  private static void closeQuietly(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // Whoever reads it is told.
    }
  }

  private void copy(InputStream in, Path file, String name) throws IOException {
    byte[] chunk = new byte[1 << 16];
    long total = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        out.write(chunk, 0, read);
        total += read;
        if (total > largest) {
          throw new FileException(
              "%s is larger than %s MB: make a smaller copy".formatted(name, largest >> 20));
        }
      }
    }
  }

  /** The last part of the path, if it will do as a file's name. */
  private static String name(String address) {
    String path = address.replaceFirst("[?#].*", "").replaceFirst("(?i)^https?://[^/]*", "");
    String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^\\w.-]", "_");
    return last.matches("\\.*") ? "photo" : last.substring(Math.max(0, last.length() - 100));
  }

  /** Deletes the photos. */
  @Override
  public void close() {
    for (Path folder : folders) {
      try (var files = Files.walk(folder)) {
        for (Path path : files.sorted(Collections.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (IOException e) {
        // The system empties its folder of temporary files.
      }
    }
  }
}
