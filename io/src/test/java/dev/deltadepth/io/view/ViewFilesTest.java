package dev.deltadepth.io.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.adobe.internal.xmp.XMPException;
import com.adobe.internal.xmp.XMPMeta;
import com.adobe.internal.xmp.XMPMetaFactory;
import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.xmp.XmpDirectory;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.CutOut;
import dev.deltadepth.core.view.Frames;
import dev.deltadepth.core.view.StereoPair;
import dev.deltadepth.io.AwtImages;
import dev.deltadepth.io.EndingProcess;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewFilesTest {
  @TempDir Path folder;

  @Test
  void aGifPlaysForEverInTheRightColours() throws IOException {
    Path file = folder.resolve("a.gif");
    GifAnimation.write(frames(5, 40, 30), file);
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in);
      assertThat(reader.getNumImages(true)).isEqualTo(5);
      IIOMetadataNode root =
          (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0");
      assertThat(attribute(root, "GraphicControlExtension", "delayTime")).isEqualTo("7");
      IIOMetadataNode loop =
          (IIOMetadataNode) root.getElementsByTagName("ApplicationExtension").item(0);
      assertThat(loop.getAttribute("applicationID")).isEqualTo("NETSCAPE");
      assertThat((byte[]) loop.getUserObject()).containsExactly(1, 0, 0);
      BufferedImage canvas = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 5; i++) {
        // What has not changed is transparent.
        canvas.createGraphics().drawImage(reader.read(i), 0, 0, null);
        RgbImage read = AwtImages.rgb(canvas);
        assertThat(meanDifference(read, frames(5, 40, 30).frame(i))).isLessThan(10);
      }
    }
  }

  private static String attribute(IIOMetadataNode root, String node, String name) {
    return ((IIOMetadataNode) root.getElementsByTagName(node).item(0)).getAttribute(name);
  }

  /** Noise fills the table of codes several times over. */
  @Test
  void aGifOfNoiseIsReadBack() throws IOException {
    RgbImage noise = noise(200, 150, 3);
    Path file = folder.resolve("noise.gif");
    GifAnimation.write(Frames.wiggle(new StereoPair(noise, noise), 100), file);
    assertThat(meanDifference(ImageFiles.read(file), noise)).isLessThan(25);
  }

  @Test
  void aPlainGifNeedsOneColour() throws IOException {
    Path file = folder.resolve("plain.gif");
    RgbImage plain = new RgbImage(3, 2, new byte[18]);
    GifAnimation.write(Frames.wiggle(new StereoPair(plain, plain), 5), file);
    assertThat(ImageFiles.read(file)).isEqualTo(plain);
  }

  @Test
  void aPngAnimationHoldsEveryFrameExactly() throws IOException {
    Path file = folder.resolve("a.png");
    Frames frames = frames(4, 37, 23);
    PngAnimation.write(frames, file);
    assertThat(ImageFiles.read(file)).isEqualTo(frames.frame(0));
    List<Chunk> chunks = chunks(Files.readAllBytes(file));
    assertThat(chunks.stream().map(Chunk::type))
        .containsExactly(
            "IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND");
    assertThat(ByteBuffer.wrap(chunks.get(1).data()).getInt()).isEqualTo(4);
    ByteBuffer control = ByteBuffer.wrap(chunks.get(4).data());
    assertThat(control.getInt()).isEqualTo(1);
    assertThat(control.getInt()).isEqualTo(37);
    assertThat(control.getShort(20)).isEqualTo((short) 70);
    assertThat(control.getShort(22)).isEqualTo((short) 1000);
    int sequence = 0;
    int index = 0;
    for (Chunk chunk : chunks) {
      if (chunk.type().equals("fcTL") || chunk.type().equals("fdAT")) {
        assertThat(ByteBuffer.wrap(chunk.data()).getInt()).isEqualTo(sequence++);
      }
      if (chunk.type().equals("fdAT")) {
        byte[] data = Arrays.copyOfRange(chunk.data(), 4, chunk.data().length);
        byte[] alone = still(chunks.get(0).data(), data);
        assertThat(ImageFiles.read(alone, "frame")).isEqualTo(frames.frame(++index));
      }
    }
  }

  private record Chunk(String type, byte[] data) {}

  private static List<Chunk> chunks(byte[] png) {
    ByteBuffer in = ByteBuffer.wrap(png).position(8);
    List<Chunk> chunks = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] data = new byte[in.getInt()];
      byte[] type = new byte[4];
      in.get(type).get(data);
      CRC32 check = new CRC32();
      check.update(type);
      check.update(data);
      assertThat(in.getInt()).isEqualTo((int) check.getValue());
      chunks.add(new Chunk(new String(type, StandardCharsets.US_ASCII), data));
    }
    return chunks;
  }

  /** A PNG of one picture from its header and its data. */
  private static byte[] still(byte[] header, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    add("IHDR", header, out);
    add("IDAT", data, out);
    add("IEND", new byte[0], out);
    return out.toByteArray();
  }

  private static void add(String type, byte[] data, ByteArrayOutputStream out) {
    CRC32 check = new CRC32();
    check.update(type.getBytes(StandardCharsets.US_ASCII));
    check.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
  }

  @Test
  void aFolderGetsNumberedFiles() {
    FrameFolder.write(frames(3, 8, 6), folder.resolve("new/frames"));
    for (int i = 0; i < 3; i++) {
      Path file = folder.resolve("new/frames/frame-000" + (i + 1) + ".png");
      assertThat(FrameFolder.file(folder.resolve("new/frames"), i)).isEqualTo(file);
      assertThat(ImageFiles.read(file)).isEqualTo(frames(3, 8, 6).frame(i));
    }
    assertThat(FrameFolder.file(folder, 12_345).toString()).endsWith("frame-12346.png");
  }

  /** Writes frames until the process ends. */
  static final class Writer {
    public static void main(String[] arguments) throws InterruptedException {
      Path frames = Path.of(arguments[0], "frames");
      EndingProcess.during(() -> FrameFolder.write(frames(1_000_000, 8, 6), frames));
    }
  }

  @Test
  void aProcessThatEndsWhileItWritesFramesLeavesNoFolder() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(EndingProcess.run(Writer.class, folder)).isZero();
      assertThat(folder.toFile().list()).isEmpty();
    }
  }

  @Test
  void aFrameThatFailsLeavesNoFile() {
    Frames failing =
        new Frames() {
          @Override
          public int count() {
            return 9;
          }

          @Override
          public int millis() {
            return 50;
          }

          @Override
          public RgbImage frame(int index) {
            if (index == 7) {
              throw new FileException("no more");
            }
            return noise(5, 5, index);
          }
        };
    Path file = folder.resolve("failing.png");
    assertThatThrownBy(() -> PngAnimation.write(failing, file)).hasMessage("no more");
    assertThatThrownBy(() -> FrameFolder.write(failing, folder.resolve("frames")))
        .hasMessage("no more");
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void aVrPhotoShowsTheLeftEyeAndHoldsTheRightOne()
      throws IOException, ImageProcessingException, XMPException {
    Path file = folder.resolve("a.vr.jpg");
    RgbImage left = noise(300, 300, 1);
    RgbImage right = noise(300, 300, 2);
    VrPhoto.write(new StereoPair(left, right), file);
    // Noise makes a JPEG of more than one segment.
    assertThat(Files.size(file)).isGreaterThan(200_000);
    assertThat(ImageFiles.read(file))
        .isEqualTo(ImageFiles.read(ImageFiles.jpeg(left, 0.92f), "left"));
    XMPMeta all = XMPMetaFactory.create();
    for (XmpDirectory directory :
        ImageMetadataReader.readMetadata(file.toFile()).getDirectoriesOfType(XmpDirectory.class)) {
      directory
          .getXmpProperties()
          .forEach(
              (name, value) -> {
                try {
                  if (name.startsWith("GPano")) {
                    all.setProperty(GPANO, name, value);
                  } else if (name.startsWith("GImage")) {
                    all.setProperty(GIMAGE, name, value);
                  }
                } catch (XMPException e) {
                  throw new AssertionError(e);
                }
              });
    }
    assertThat(all.getPropertyString(GPANO, "ProjectionType")).isEqualTo("equirectangular");
    assertThat(all.getPropertyInteger(GPANO, "FullPanoWidthPixels")).isEqualTo(600);
    assertThat(all.getPropertyInteger(GPANO, "CroppedAreaLeftPixels")).isEqualTo(150);
    byte[] data = Base64.getDecoder().decode(all.getPropertyString(GIMAGE, "Data"));
    assertThat(data).isEqualTo(ImageFiles.jpeg(right, 0.92f));
  }

  /** Read byte by byte, as Adobe's "XMP Specification Part 3" lays extended XMP out. */
  @Test
  void theExtendedXmpOfAVrPhotoIsWholeAndHasItsDigest()
      throws IOException, NoSuchAlgorithmException {
    Path file = folder.resolve("a.vr.jpg");
    VrPhoto.write(new StereoPair(noise(300, 300, 1), noise(300, 300, 2)), file);
    ByteBuffer jpeg = ByteBuffer.wrap(Files.readAllBytes(file));
    assertThat(jpeg.getShort()).isEqualTo((short) 0xffd8);
    assertThat(jpeg.getShort()).as("JFIF comes first").isEqualTo((short) 0xffe0);
    jpeg.position(jpeg.position() + jpeg.getShort(jpeg.position()));
    String standard = "";
    String digest = "";
    ByteArrayOutputStream extended = new ByteArrayOutputStream();
    while (jpeg.getShort() == (short) 0xffe1) {
      byte[] segment = new byte[(jpeg.getShort() & 0xffff) - 2];
      jpeg.get(segment);
      String text = new String(segment, StandardCharsets.ISO_8859_1);
      if (text.startsWith("http://ns.adobe.com/xap/1.0/\0")) {
        standard = text.substring(29);
      } else {
        assertThat(text).startsWith("http://ns.adobe.com/xmp/extension/\0");
        digest = text.substring(35, 67);
        ByteBuffer numbers = ByteBuffer.wrap(segment, 67, 8);
        assertThat(numbers.getInt()).isGreaterThan(65_000);
        assertThat(numbers.getInt()).isEqualTo(extended.size());
        extended.write(segment, 75, segment.length - 75);
      }
    }
    assertThat(standard).contains("xmpNote:HasExtendedXMP=\"" + digest + "\"");
    byte[] md5 = MessageDigest.getInstance("MD5").digest(extended.toByteArray());
    assertThat(HexFormat.of().withUpperCase().formatHex(md5)).isEqualTo(digest);
  }

  private static final String GPANO = "http://ns.google.com/photos/1.0/panorama/";
  private static final String GIMAGE = "http://ns.google.com/photos/1.0/image/";

  @Test
  void aCutOutIsAPngWithAlpha() throws IOException {
    Path file = folder.resolve("cut.png");
    RgbImage colours = noise(3, 1, 4);
    CutOutFile.write(new CutOut(colours, new byte[] {0, (byte) 128, (byte) 255}), file);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(file)));
    assertThat(read.getRGB(0, 0)).isZero();
    assertThat(read.getRGB(1, 0) >>> 24).isEqualTo(128);
    assertThat(read.getRGB(2, 0) & 0xffffff)
        .isEqualTo(
            colours.value(2, 0, 0) << 16 | colours.value(2, 0, 1) << 8 | colours.value(2, 0, 2));
  }

  private static double meanDifference(RgbImage a, RgbImage b) {
    double sum = 0;
    for (int i = 0; i < a.data().length; i++) {
      sum += Math.abs((a.data()[i] & 0xff) - (b.data()[i] & 0xff));
    }
    return sum / a.data().length;
  }

  /** Ramps of colour that move. */
  private static Frames frames(int count, int width, int height) {
    return new Frames() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public int millis() {
        return 70;
      }

      @Override
      public RgbImage frame(int index) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++) {
          rgb[3 * i] = (byte) (255 * ((i + index) % width) / width);
          rgb[3 * i + 1] = (byte) (255 * (i / width) / height);
          rgb[3 * i + 2] = (byte) (8 * index);
        }
        return new RgbImage(width, height, rgb);
      }
    };
  }

  private static RgbImage noise(int width, int height, long seed) {
    byte[] rgb = new byte[width * height * 3];
    new Random(seed).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }
}
