package dev.deltadepth.web;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Rendered scenes as the files that the browsers are given. */
final class Pictures {
  private Pictures() {}

  /** A street, PNG so that every decoder gives the same bytes. */
  static RgbImage street() {
    return street(320, 240);
  }

  /** The same street at another size. */
  static RgbImage street(int width, int height) {
    return new SceneRenderer(width, height, 1).render(Scene.of(Scene.Kind.STREET, 2)).image();
  }

  /** A film for a camera: JPEG pictures one after the other, each shown for a moment. */
  static void film(Path file) throws IOException {
    Path picture = file.resolveSibling("picture.jpg");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (Scene.Kind kind : new Scene.Kind[] {Scene.Kind.ROOM, Scene.Kind.STREET}) {
        RgbImage image = new SceneRenderer(320, 240, 1).render(Scene.of(kind, 1)).image();
        ImageFiles.writeJpeg(image, picture, 0.9f);
        for (int i = 0; i < 15; i++) {
          Files.copy(picture, out);
        }
      }
    }
  }

  /** A JPEG of 64 by 48 pixels whose EXIF data say that it is to be turned a quarter right. */
  static void turned(RgbImage image, Path file) throws IOException {
    ImageFiles.writeJpeg(image, file, 0.9f);
    byte[] jpeg = Files.readAllBytes(file);
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      0x01,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      6,
      0,
      0,
      0,
      0,
      0,
      0
    };
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(jpeg, 0, 2);
      out.write(exif);
      out.write(jpeg, 2, jpeg.length - 2);
    }
  }

  /** A picture as a JPEG in which a phone has stored depth: 1 metre at the left, 5 at the right. */
  static byte[] withDepth(RgbImage picture) {
    RgbImage depth = new RgbImage(48, 36, new byte[48 * 36 * 3]);
    for (int i = 0; i < depth.data().length; i++) {
      depth.data()[i] = (byte) (i / 3 % 48 * 255 / 47);
    }
    byte[] xmp =
        ("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
                + "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
                + "<rdf:Description rdf:about=''"
                + " xmlns:GDepth='http://ns.google.com/photos/1.0/depthmap/'"
                + " GDepth:Format='RangeInverse' GDepth:Near='1' GDepth:Far='5' GDepth:Units='m'"
                + " GDepth:Data='"
                + Base64.getEncoder().encodeToString(ImageFiles.png(depth))
                + "'/></rdf:RDF></x:xmpmeta>")
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] jpeg = ImageFiles.jpeg(picture, 0.9f);
    return ByteBuffer.allocate(jpeg.length + 4 + xmp.length)
        .put(jpeg, 0, 2)
        .putShort((short) 0xffe1)
        .putShort((short) (xmp.length + 2))
        .put(xmp)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }
}
