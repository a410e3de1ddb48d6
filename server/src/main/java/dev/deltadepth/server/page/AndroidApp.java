package dev.deltadepth.server.page;

import dev.deltadepth.io.RegularFile;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.server.http.ServerException;
import dev.deltadepth.server.http.StaticFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An app for Android that phones install from this server.
 *
 * @param file the APK
 * @param sha256 of the file, in hexadecimal digits
 * @param processors that it is for, as Android names them; none if it is for all
 */
public record AndroidApp(StaticFile file, String sha256, List<String> processors) {
  private static final String MEDIA_TYPE = "application/vnd.android.package-archive";

  /** Where its page is. */
  public static final String PAGE = "/android";

  /** Where the file is. */
  public static final String PATH = PAGE + "/delta.apk";

  /** Bytes; the file is kept in memory. */
  private static final long LARGEST = 200_000_000;

  /**
   * Reads an APK.
   *
   * @throws ServerException if it cannot be read, or is none
   * @throws dev.deltadepth.io.FileException if it is a pipe, a socket or a device
   */
  public static AndroidApp read(Path apk) {
    RegularFile.require(apk);
    try {
      if (Files.size(apk) > LARGEST) {
        throw new ServerException(
            String.format(
                Locale.ROOT,
                "%s is too large for an app: %,d bytes, and %,d are the most",
                apk,
                Files.size(apk),
                LARGEST));
      }
      Set<String> processors = new TreeSet<>();
      try (ZipFile zip = new ZipFile(apk.toFile())) {
        if (zip.getEntry("AndroidManifest.xml") == null || zip.getEntry("classes.dex") == null) {
          throw new ServerException(notOne(apk));
        }
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.matches("lib/[^/]+/[^/]+\\.so"))
            .forEach(name -> processors.add(name.split("/")[1]));
      }
      byte[] content = Files.readAllBytes(apk);
      return new AndroidApp(
          StaticFile.of(content, MEDIA_TYPE), Sha256.of(content), List.copyOf(processors));
    } catch (ZipException e) {
      throw new ServerException(notOne(apk), e);
    } catch (IOException e) {
      throw new ServerException("cannot read " + apk + "; give the APK that phones are to get", e);
    }
  }

  private static String notOne(Path apk) {
    return apk + " is no app for Android: it has no AndroidManifest.xml and classes.dex";
  }

  /**
   * The page that tells how to install it.
   *
   * @param origin the server's address as the reader sees it
   * @param local whether this address means the reader's own machine
   */
  public StaticFile page(String origin, boolean local) {
    Page page = new Page("Delta for Android");
    page.element("p", "For phones and tablets with Android 8 or newer" + processor() + ".");
    page.add("<p><a class=\"get\" href=\"" + PATH + "\">Download the app</a> ");
    double megabytes = file.content().length / 1e6;
    page.add(String.format(Locale.ROOT, "<span class=\"values\">%.1f MB</span></p>\n", megabytes));
    page.add("<section>\n");
    page.element("h2", "With a phone's camera");
    if (local) {
      page.element(
          "p",
          "%s leads to this machine only. Start the server with --host 0.0.0.0, and open this page by the machine's address in your network: then a code to scan stands here."
              .formatted(origin));
    } else {
      page.add(QrCode.of(origin + PAGE).svg("QR code of this page"));
      page.add("<p class=\"path\">").add(Page.escape(origin + PAGE)).add("</p>\n");
    }
    page.add("</section>\n<section>\n");
    page.element("h2", "Then, on the phone");
    page.add("<ol>\n");
    page.element("li", "Download the app, and open the file.");
    page.element("li", "Android asks whether the browser may install apps: allow it.");
    page.element("li", "Install. Take the permission back afterwards, if you like.");
    page.add("</ol>\n</section>\n");
    page.element("h3", "SHA-256");
    page.add("<p class=\"path\">" + sha256 + "</p>\n");
    return page.file();
  }

  private String processor() {
    return processors.isEmpty() ? "" : ", with a processor of " + String.join(" or ", processors);
  }
}
