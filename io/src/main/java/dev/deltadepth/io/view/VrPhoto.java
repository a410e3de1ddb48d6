package dev.deltadepth.io.view;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.StereoPair;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/**
 * VR180 photos as Google's cameras write them, {@code .vr.jpg}: the left eye's half of an
 * equirectangular panorama, and the right eye's inside its XMP (Google, "Cardboard Camera VR Photo
 * Format"; parts above 64 kB as in Adobe's "XMP Specification Part 3", 1.1.3.1).
 */
public final class VrPhoto {
  private static final float QUALITY = 0.92f;
  private static final byte[] STANDARD = ascii("http://ns.adobe.com/xap/1.0/\0");
  private static final byte[] EXTENSION = ascii("http://ns.adobe.com/xmp/extension/\0");

  /** Bytes of extended XMP in a segment: as many as surely fit. */
  private static final int PART = 65_000;

  private VrPhoto() {}

  /**
   * Writes a VR180 photo; the file appears complete or not at all.
   *
   * @param halves of the panoramas of both eyes, square, as {@link
   *     dev.deltadepth.core.view.HalfSphere} draws them
   * @throws FileException if it cannot be written
   */
  public static void write(StereoPair halves, Path file) {
    byte[] left = ImageFiles.jpeg(halves.left(), QUALITY);
    byte[] right = ImageFiles.jpeg(halves.right(), QUALITY);
    byte[] extended = ascii(extended(right));
    String digest = md5(extended);
    byte[] standard = ascii(standard(halves.left(), digest));
    AtomicFile.write(
        file,
        out -> {
          int start = afterHeader(left);
          out.write(left, 0, start);
          segment(join(STANDARD, standard), out);
          for (int from = 0; from < extended.length; from += PART) {
            int length = Math.min(PART, extended.length - from);
            ByteBuffer part = ByteBuffer.allocate(EXTENSION.length + 32 + 8 + length);
            part.put(EXTENSION).put(ascii(digest)).putInt(extended.length).putInt(from);
            segment(part.put(extended, from, length).array(), out);
          }
          out.write(left, start, left.length - start);
        });
  }

  /** The end of the two bytes that begin a JPEG and of the JFIF segment, which has to follow. */
  private static int afterHeader(byte[] jpeg) {
    boolean jfif = (jpeg[2] & 0xff) == 0xff && (jpeg[3] & 0xff) == 0xe0;
    return jfif ? 4 + ((jpeg[4] & 0xff) << 8) + (jpeg[5] & 0xff) : 2;
  }

  private static void segment(byte[] content, OutputStream out) throws IOException {
    int length = content.length + 2;
    out.write(new byte[] {(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length});
    out.write(content);
  }

  private static String standard(RgbImage half, String digest) {
    return packet(
        "xmlns:GPano=\"http://ns.google.com/photos/1.0/panorama/\""
            + " xmlns:GImage=\"http://ns.google.com/photos/1.0/image/\""
            + " xmlns:xmpNote=\"http://ns.adobe.com/xmp/note/\""
            + attribute("GPano:ProjectionType", "equirectangular")
            + attribute("GPano:UsePanoramaViewer", "True")
            + attribute("GPano:InitialViewHeadingDegrees", "180")
            + attribute("GPano:CroppedAreaLeftPixels", half.width() / 2)
            + attribute("GPano:CroppedAreaTopPixels", 0)
            + attribute("GPano:CroppedAreaImageWidthPixels", half.width())
            + attribute("GPano:CroppedAreaImageHeightPixels", half.height())
            + attribute("GPano:FullPanoWidthPixels", 2 * half.width())
            + attribute("GPano:FullPanoHeightPixels", half.height())
            + attribute("GImage:Mime", "image/jpeg")
            + attribute("xmpNote:HasExtendedXMP", digest));
  }

  private static String extended(byte[] right) {
    return packet(
        "xmlns:GImage=\"http://ns.google.com/photos/1.0/image/\""
            + attribute("GImage:Data", Base64.getEncoder().encodeToString(right)));
  }

  private static String packet(String attributes) {
    return "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
        + "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
        + "<rdf:Description rdf:about=\"\" "
        + attributes
        + "/></rdf:RDF></x:xmpmeta>";
  }

  private static String attribute(String name, Object value) {
    return " " + name + "=\"" + value + "\"";
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  private static String md5(byte[] content) {
    try {
      StringBuilder hex = new StringBuilder();
      for (byte one : MessageDigest.getInstance("MD5").digest(content)) {
        hex.append(String.format(Locale.ROOT, "%02X", one));
      }
      return hex.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
