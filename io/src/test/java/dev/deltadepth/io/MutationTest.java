package dev.deltadepth.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.space.CalibrationFile;
import dev.deltadepth.io.space.CameraFile;
import dev.deltadepth.io.space.PhoneDepth;
import dev.deltadepth.io.space.PhotoCamera;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changed pictures and files about cameras, read without the help of FFmpeg. */
class MutationTest {

  private static final byte[] EXIF = {
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
    3,
    1,
    18,
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
    1,
    15,
    0,
    2,
    0,
    0,
    0,
    3,
    'A',
    'b',
    0,
    0,
    (byte) 0x92,
    10,
    0,
    5,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    50,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    26,
    0,
    0,
    0,
    10
  };

  @TempDir Path folder;

  private static BufferedImage noise(int type) {
    BufferedImage picture = new BufferedImage(17, 11, type);
    Random random = new Random(type);
    for (int i = 0; i < 17 * 11; i++) {
      picture.setRGB(i % 17, i / 17, random.nextInt());
    }
    return picture;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static List<byte[]> seeds(String kind) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    switch (kind) {
      case "jpg" -> {
        RgbImage image = Samples.gradient(24, 20);
        byte[] plain = Samples.encoded(image, "jpeg");
        seeds.add(plain);
        seeds.add(Samples.encoded(noise(BufferedImage.TYPE_BYTE_GRAY), "jpeg"));
        seeds.add(Samples.progressiveJpeg(image));
        seeds.add(Samples.CMYK_JPEG);
        seeds.add(Samples.ycckJpeg());
        seeds.add(photo(plain));
      }
      case "webp" -> {
        seeds.add(Samples.WEBP);
        seeds.add(Samples.WEBP_HALF_TRANSPARENT);
        seeds.add(Samples.WEBP_LOSSY);
      }
      case "tif" -> {
        for (int bits : new int[] {8, 10, 16, 32}) {
          byte[] strip = new byte[17 * 11 * 4];
          new Random(bits).nextBytes(strip);
          int format = bits == 32 ? TiffSample.FLOAT : TiffSample.UNSIGNED;
          seeds.add(new TiffSample().page(17, 11, bits, format, 1, strip).bytes());
          seeds.add(
              new TiffSample()
                  .page(4, 3, 8, TiffSample.UNSIGNED, 0, strip)
                  .page(9, 7, 8, TiffSample.UNSIGNED, 2, strip)
                  .bytes());
        }
        seeds.add(Samples.encoded(noise(BufferedImage.TYPE_3BYTE_BGR), "tiff"));
      }
      case "dng" ->
          seeds.add(
              joined(
                  new TiffSample()
                      .page(16, 12, 8, TiffSample.UNSIGNED, 1, new byte[192], 0xfe, 1, 0xc612, 1)
                      .bytes(),
                  Samples.encoded(Samples.gradient(640, 8), "jpeg")));
      case "pnm" -> {
        byte[] samples = new byte[17 * 11 * 12];
        new Random(1).nextBytes(samples);
        for (String head :
            List.of(
                "P4 17 11\n",
                "P5\n# noise\n17 11\n255\n",
                "P5 17 11 1000\n",
                "P6 17 11 255\n",
                "Pf\n17 11\n-1.0\n",
                "PF\n17 11\n1.0\n",
                "P7\nWIDTH 17\nHEIGHT 11\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n")) {
          seeds.add(joined(text(head), samples));
        }
        seeds.add(text("P2 3 2 9\n1 2 3 4 5 6\n"));
        seeds.add(text("P3 1 2 9\n1 2 3 4 5 6\n"));
      }
      case "tga" -> {
        for (int kinds : new int[] {2, 10, 3, 11}) {
          byte[] head = new byte[18];
          head[2] = (byte) kinds;
          head[12] = 17;
          head[14] = 11;
          head[16] = (byte) (kinds % 8 == 3 ? 8 : 24);
          byte[] samples = new byte[17 * 11 * 4];
          new Random(kinds).nextBytes(samples);
          seeds.add(joined(head, samples, text("\0\0\0\0\0\0\0\0TRUEVISION-XFILE.\0")));
        }
      }
      case "hdr" -> {
        byte[] row = new byte[4 + 4 * 18];
        row[0] = 2;
        row[1] = 2;
        row[3] = 17;
        for (int channel = 0; channel < 4; channel++) {
          row[4 + 18 * channel] = 17;
        }
        String head = "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 2 +X 17\n";
        seeds.add(joined(text(head), row, row));
      }
      default -> {
        for (int type :
            new int[] {
              BufferedImage.TYPE_3BYTE_BGR,
              BufferedImage.TYPE_BYTE_GRAY,
              BufferedImage.TYPE_BYTE_INDEXED
            }) {
          seeds.add(Samples.encoded(noise(type), kind));
        }
      }
    }
    return seeds;
  }

  /** With what a phone writes into its photo: its lens, its depth, a second picture. */
  private static byte[] photo(byte[] jpeg) {
    byte[] xmp =
        text(
            """
            http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
            xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
            xmlns:GDepth="http://ns.google.com/photos/1.0/depthmap/" GDepth:Format="RangeInverse"
            GDepth:Near="0.5" GDepth:Far="8" GDepth:Mime="image/png"/></rdf:RDF></x:xmpmeta>
            """);
    return joined(
        new byte[] {(byte) 0xff, (byte) 0xd8},
        segment(0xe1, EXIF),
        segment(0xe1, xmp),
        Arrays.copyOfRange(jpeg, 2, jpeg.length),
        jpeg);
  }

  private static byte[] segment(int marker, byte[] body) {
    int length = body.length + 2;
    byte[] head = {(byte) 0xff, (byte) marker, (byte) (length >> 8), (byte) length};
    return joined(head, body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tif", "webp", "pnm", "tga", "hdr", "dng"})
  void pictures(String kind) throws IOException {
    new Mutations(kind, seeds(kind))
        .run(content -> ImageFiles.read(content, "a." + kind, mostPixels(content)));
  }

  /** Large pictures of nothing would take most of the time. */
  private static long mostPixels(byte[] content) {
    return content.length % 32 == 0 ? 4_000_000 : 200_000;
  }

  /** The lens and the depth in a photo. */
  @Test
  void whatPhonesWriteIntoPhotos() throws IOException {
    new Mutations("phone", List.of(photo(Samples.encoded(Samples.gradient(24, 20), "jpeg"))))
        .run(
            content -> {
              PhotoCamera.of(content, 24, 20);
              PhoneDepth.read(content, "a.jpg");
            });
  }

  @Test
  void cameras() throws IOException {
    List<byte[]> seeds =
        List.of(
            text("height: 480\nwidth: 640\nk: [400, 0, 319.5, 0, 401, 239.5, 0, 0, 1]\n"),
            text(
                "%YAML:1.0\n---\ncamera_matrix: !!opencv-matrix\n  data: [5e2, 0, 3, 0, 5, 2, 0, 0, 1]\n"),
            text("# one line\n1 PINHOLE 640 480 500 500 320 240\n"),
            text("1 OPENCV 640 480 500 510 320 240 0.1 0 0 0\n"),
            text("P2: 7.2e+02 0 6.0e+02 0 0 7.2e+02 1.7e+02 0 0 0 1 0\n"));
    new Mutations("camera", seeds)
        .run(folder.resolve("camera.txt"), file -> CameraFile.read(file, 640, 480));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "csv"})
  void points(String kind) throws IOException {
    List<byte[]> seeds =
        kind.equals("csv")
            ? List.of(text("x,y,metres\n1,2,3.5\n5,1,2e0\n3,3,1,wall\n"), text("1;2;3,5\n4;5;6\n"))
            : List.of(
                text(
                    "[{\"x\": 1, \"y\": 2, \"metres\": 3.5}, {\"x\": 5, \"y\": 1, \"metres\": 2}]"));
    float[] values = new float[64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (64 - i) / 64f;
    }
    DepthMap map = new DepthMap(DepthMap.Kind.DISPARITY, 8, 8, values);
    new Mutations("points." + kind, seeds)
        .run(
            folder.resolve("a." + kind),
            file -> {
              CalibrationFile.points(file);
              fit(map, file);
            });
  }

  /** Good points need not fit the map. */
  private static void fit(DepthMap map, Path file) {
    try {
      CalibrationFile.fit(map, file);
    } catch (FileException e) {
      assertThat(e).hasMessageContaining("a.");
    }
  }

  @Test
  void calibrations() throws IOException {
    String good = "{\"scale\": 0.5, \"shift\": 0.1, \"unit\": \"metres\", \"model\": \"m\"}";
    new Mutations("calibration", List.of(text(good)))
        .run(folder.resolve("a.json"), CalibrationFile::read);
  }
}
