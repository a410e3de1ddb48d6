package dev.deltadepth.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.RgbImage;
import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwtImagesTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE
      })
  void everyTypeOfEightBitColoursGivesTheSamePicture(int type) {
    RgbImage picture = Samples.gradient(7, 5);
    BufferedImage image = new BufferedImage(7, 5, type);
    image.createGraphics().drawImage(AwtImages.buffered(picture), 0, 0, null);
    assertThat(AwtImages.rgb(image).data()).isEqualTo(picture.data());
  }

  @Test
  void aPictureComesBackFromAwt() {
    RgbImage picture = Samples.gradient(9, 4);
    BufferedImage image = AwtImages.buffered(picture);
    assertThat(image.getRGB(8, 3) & 0xffffff)
        .isEqualTo(
            picture.value(8, 3, 0) << 16 | picture.value(8, 3, 1) << 8 | picture.value(8, 3, 2));
    assertThat(AwtImages.rgb(image).data()).isEqualTo(picture.data());
    image.setRGB(0, 0, 0x123456);
    assertThat(picture.value(0, 0, 0)).as("a copy").isNotEqualTo(0x12);
  }

  @Test
  void aPartOfAPictureIsThatPart() {
    RgbImage picture = Samples.gradient(9, 6);
    for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_RGB}) {
      BufferedImage whole = new BufferedImage(9, 6, type);
      whole.createGraphics().drawImage(AwtImages.buffered(picture), 0, 0, null);
      RgbImage part = AwtImages.rgb(whole.getSubimage(2, 1, 4, 3));
      assertThat(part.width()).isEqualTo(4);
      assertThat(part.height()).isEqualTo(3);
      for (int c = 0; c < 3; c++) {
        assertThat(part.value(0, 0, c)).isEqualTo(picture.value(2, 1, c));
        assertThat(part.value(3, 2, c)).isEqualTo(picture.value(5, 3, c));
      }
    }
  }

  @Test
  void whatIsTransparentLiesOverWhite() {
    for (int type : new int[] {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_4BYTE_ABGR}) {
      BufferedImage image = new BufferedImage(3, 1, type);
      image.setRGB(0, 0, 0x00ff0000);
      image.setRGB(1, 0, 0x80000000);
      image.setRGB(2, 0, 0xff0a141e);
      assertPixels(AwtImages.rgb(image), 0xffffff, 0x7f7f7f, 0x0a141e);
    }
  }

  @Test
  void palettesAreLookedUp() {
    byte[] levels = {0, (byte) 200, 10};
    IndexColorModel opaque =
        new IndexColorModel(8, 3, levels, new byte[] {1, 2, 3}, new byte[] {4, 5, 6});
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, opaque);
    image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {2, 1, 0});
    assertPixels(AwtImages.rgb(image), 0x0a0306, 0xc80205, 0x000104);

    IndexColorModel hole =
        new IndexColorModel(8, 3, levels, new byte[] {1, 2, 3}, new byte[] {4, 5, 6}, 1);
    image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, hole);
    image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {2, 1, 0});
    assertPixels(AwtImages.rgb(image), 0x0a0306, 0xffffff, 0x000104);

    BufferedImage binary = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    binary.setRGB(1, 0, Color.WHITE.getRGB());
    assertPixels(AwtImages.rgb(binary), 0x000000, 0xffffff);
  }

  @Test
  void greyIsRepeatedAndSixteenBitsAreRounded() {
    BufferedImage eight = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    eight.getRaster().setSamples(0, 0, 2, 1, 0, new int[] {77, 255});
    assertPixels(AwtImages.rgb(eight), 0x4d4d4d, 0xffffff);
    BufferedImage sixteen = new BufferedImage(4, 1, BufferedImage.TYPE_USHORT_GRAY);
    sixteen.getRaster().setSamples(0, 0, 4, 1, 0, new int[] {0, 128, 129, 65535});
    assertPixels(AwtImages.rgb(sixteen), 0x000000, 0x000000, 0x010101, 0xffffff);
  }

  @Test
  void fewBitsAreStretched() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_565_RGB);
    image.getRaster().setDataElements(0, 0, 2, 1, new short[] {(short) 0xffff, 0x0010});
    assertPixels(AwtImages.rgb(image), 0xffffff, 0x000084);
  }

  @Test
  void customTypesAreRead() {
    BufferedImage colours = custom(ColorSpace.CS_sRGB, DataBuffer.TYPE_USHORT, 3, 2);
    colours.getRaster().setPixel(0, 0, new int[] {65535, 0, 257 * 40});
    colours.getRaster().setPixel(1, 0, new int[] {257, 514, 771});
    assertThat(colours.getType()).isEqualTo(BufferedImage.TYPE_CUSTOM);
    assertPixels(AwtImages.rgb(colours), 0xff0028, 0x010203);

    BufferedImage grey = custom(ColorSpace.CS_GRAY, DataBuffer.TYPE_BYTE, 2, 1);
    grey.getRaster().setPixel(0, 0, new int[] {100, 128});
    int mixed = (100 * 128 + 255 * 127 + 127) / 255;
    assertPixels(AwtImages.rgb(grey), mixed << 16 | mixed << 8 | mixed);

    BufferedImage floats = custom(ColorSpace.CS_sRGB, DataBuffer.TYPE_FLOAT, 3, 1);
    floats.getRaster().setPixel(0, 0, new float[] {1, 0.5f, 0});
    assertPixels(AwtImages.rgb(floats), 0xff8000);

    BufferedImage linear = custom(ColorSpace.CS_LINEAR_RGB, DataBuffer.TYPE_BYTE, 3, 2);
    linear.getRaster().setPixel(0, 0, new int[] {255, 255, 255});
    linear.getRaster().setPixel(1, 0, new int[] {55, 55, 55});
    RgbImage converted = AwtImages.rgb(linear);
    assertThat(converted.value(0, 0, 1)).isEqualTo(255);
    assertThat(converted.value(1, 0, 1)).as("0.2157 of the light").isBetween(127, 129);
  }

  @Test
  void aStreamIsReadAndStaysOpen() throws IOException {
    RgbImage picture = Samples.gradient(6, 4);
    boolean[] closed = {false};
    InputStream in =
        new ByteArrayInputStream(ImageFiles.png(picture)) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    assertThat(ImageFiles.read(in, "upload").data()).isEqualTo(picture.data());
    assertThat(closed[0]).isFalse();
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void aStreamThatFailsOrHoldsNoPictureIsNamed() {
    assertThatThrownBy(() -> ImageFiles.read(InputStream.nullInputStream(), "upload"))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith("upload is empty");
    InputStream text = new ByteArrayInputStream("no picture".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> ImageFiles.read(text, "upload"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("upload is not a picture");
    InputStream closed = InputStream.nullInputStream();
    assertThatThrownBy(
            () -> {
              closed.close();
              ImageFiles.read(closed, "upload");
            })
        .isInstanceOf(FileException.class)
        .hasMessageContaining("cannot read upload: Stream closed");
  }

  private static BufferedImage custom(int space, int type, int bands, int width) {
    boolean alpha = bands == 2;
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space),
            alpha,
            false,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            type);
    WritableRaster raster =
        type == DataBuffer.TYPE_FLOAT
            ? Raster.createWritableRaster(model.createCompatibleSampleModel(width, 1), null)
            : Raster.createInterleavedRaster(type, width, 1, bands, null);
    return new BufferedImage(model, raster, false, null);
  }

  private static void assertPixels(RgbImage image, int... colours) {
    assertThat(image.width()).isEqualTo(colours.length);
    for (int x = 0; x < colours.length; x++) {
      int colour = image.value(x, 0, 0) << 16 | image.value(x, 0, 1) << 8 | image.value(x, 0, 2);
      assertThat(colour).as("pixel %d: %06x", x, colour).isEqualTo(colours[x]);
    }
  }
}
