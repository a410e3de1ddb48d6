package dev.deltadepth.io.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhoneDepthTest {
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  private static final String EXTENSION = "http://ns.adobe.com/xmp/extension/\0";
  private static final String GUID = "0123456789ABCDEF0123456789ABCDEF";

  /** Two pixels: 0 and 255, as a PNG. */
  private static final byte[] ENDS =
      ImageFiles.png(new RgbImage(2, 1, new byte[] {0, 0, 0, -1, -1, -1}));

  private static String packet(String attributes, String inside) {
    return "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        + "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        + "<rdf:Description rdf:about='' xmlns:GDepth='http://ns.google.com/photos/1.0/depthmap/'"
        + " xmlns:xmpNote='http://ns.adobe.com/xmp/note/'"
        + " xmlns:DepthMap='http://ns.google.com/photos/dd/1.0/depthmap/'"
        + " xmlns:Container='http://ns.google.com/photos/dd/1.0/container/'"
        + " xmlns:Item='http://ns.google.com/photos/dd/1.0/item/' "
        + attributes
        + ">"
        + inside
        + "</rdf:Description></rdf:RDF></x:xmpmeta>";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] gdepth(String attributes, byte[] picture) {
    String data = "GDepth:Data='" + Base64.getEncoder().encodeToString(picture) + "'";
    return JpegSample.withSegment(
        JpegSample.grey(48, 24), 0xe1, bytes(XMP + packet(attributes + " " + data, "")));
  }

  private static DepthMap read(byte[] photo) {
    return PhoneDepth.read(photo, "photo.jpg").orElseThrow();
  }

  @Test
  void gdepthIsReadInMetres() {
    DepthMap map =
        read(
            gdepth(
                "GDepth:Format='RangeInverse' GDepth:Near='0.5' GDepth:Far='8' GDepth:Units='m'",
                ENDS));
    assertThat(map.kind()).isEqualTo(Kind.METRES);
    assertThat(map.data()[0]).isCloseTo(0.5f, within(1e-6f));
    assertThat(map.data()[1]).isCloseTo(8, within(1e-5f));
  }

  @Test
  void linearAndInverseDifferBetweenTheEnds() {
    byte[] middle = ImageFiles.png(new RgbImage(1, 1, new byte[] {127, 127, 127}));
    String ends = " GDepth:Near='1000' GDepth:Far='3000' GDepth:Units='mm'";
    double part = 127 / 255.0;
    assertThat((double) read(gdepth("GDepth:Format='RangeLinear'" + ends, middle)).data()[0])
        .isCloseTo(1 + 2 * part, within(1e-6));
    assertThat((double) read(gdepth("GDepth:Format='RangeInverse'" + ends, middle)).data()[0])
        .isCloseTo(3 / (3 - 2 * part), within(1e-6));
  }

  @Test
  void withoutAUnitItIsDisparity() {
    DepthMap map =
        read(gdepth("GDepth:Format='RangeInverse' GDepth:Near='2' GDepth:Far='8'", ENDS));
    assertThat(map.kind()).isEqualTo(Kind.DISPARITY);
    assertThat(map.data()).containsExactly(0.5f, 0.125f);
  }

  @Test
  void extendedMetadataAreReadAndDepthTurnsWithThePhoto() {
    byte[] extended =
        bytes(packet("GDepth:Data='" + Base64.getEncoder().encodeToString(ENDS) + "'", ""));
    ByteBuffer chunk = ByteBuffer.allocate(EXTENSION.length() + 32 + 8 + extended.length);
    chunk.put(bytes(EXTENSION)).put(bytes(GUID)).putInt(extended.length).putInt(0).put(extended);
    byte[] photo = JpegSample.withSegment(JpegSample.grey(48, 24), 0xe1, chunk.array());
    String main =
        packet(
            "xmpNote:HasExtendedXMP='"
                + GUID
                + "' GDepth:Format='RangeLinear' GDepth:Near='1' GDepth:Far='2' GDepth:Units='m'",
            "");
    photo = JpegSample.withSegment(photo, 0xe1, bytes(XMP + main));
    photo = JpegSample.withExif(photo, 8, Map.of(0x920a, 4.0));
    DepthMap map = read(photo);
    assertThat(map.width()).isEqualTo(1);
    assertThat(map.height()).isEqualTo(2);
    // Orientation 8: the stored picture's right end is up.
    assertThat(map.data()).containsExactly(2f, 1f);
  }

  private static byte[] dynamic(int length, byte[] picture) {
    return dynamic(length, picture, 3);
  }

  private static byte[] dynamic(int length, byte[] picture, int behind) {
    String items =
        "<Container:Directory><rdf:Seq>"
            + "<rdf:li rdf:parseType='Resource'><Container:Item Item:Mime='image/jpeg'"
            + " Item:Length='0' Item:DataURI='primary_image'/></rdf:li>"
            + "<rdf:li rdf:parseType='Resource'><Container:Item Item:Mime='image/png'"
            + " Item:Length='"
            + length
            + "' Item:DataURI='android/depthmap'/></rdf:li>"
            + "<rdf:li rdf:parseType='Resource'><Container:Item Item:Mime='image/png'"
            + " Item:Length='"
            + behind
            + "' Item:DataURI='android/confidence'/></rdf:li>"
            + "</rdf:Seq></Container:Directory>";
    String range =
        "DepthMap:Format='RangeInverse' DepthMap:Near='0.5' DepthMap:Far='8' DepthMap:Units='Meters'"
            + " DepthMap:DepthURI='android/depthmap'";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        JpegSample.withSegment(JpegSample.grey(48, 24), 0xe1, bytes(XMP + packet(range, items))));
    out.writeBytes(picture);
    out.writeBytes(new byte[3]);
    return out.toByteArray();
  }

  @Test
  void dynamicDepthIsFoundBehindThePhoto() {
    DepthMap map = read(dynamic(ENDS.length, ENDS));
    assertThat(map.kind()).isEqualTo(Kind.METRES);
    assertThat(map.data()[0]).isCloseTo(0.5f, within(1e-6f));
    assertThat(map.data()[1]).isCloseTo(8, within(1e-5f));
  }

  @Test
  void whatIsDamagedIsRefusedByName() {
    String ends = "GDepth:Near='1' GDepth:Far='2' GDepth:Units='m'";
    refused(gdepth(ends, new byte[] {1, 2, 3}), "the depth in photo.jpg");
    refused(gdepth("GDepth:Near='2' GDepth:Far='1'", ENDS), "no valid range");
    refused(gdepth("GDepth:Near='two' GDepth:Far='1'", ENDS), "'Near'");
    refused(gdepth("", ENDS), "no valid range");
    refused(dynamic(1_000_000, ENDS), "cut off");
    refused(dynamic(-5, ENDS), "cut off");
    refused(dynamic(10, ENDS, -1000), "the depth in photo.jpg");
    refused(dynamic(10, ENDS, 1_000_000), "cut off");
    refused(dynamic(10, ENDS), "the depth in photo.jpg");
  }

  private static void refused(byte[] photo, String message) {
    assertThatThrownBy(() -> PhoneDepth.read(photo, "photo.jpg"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("photo.jpg");
  }

  /** A JPEG whose metadata is Apple's. */
  private static byte[] apple(String kind, int width, int height) {
    String xmp =
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
            + "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
            + "<rdf:Description rdf:about='' xmlns:apdi='http://ns.apple.com/pixeldatainfo/1.0/'"
            + " xmlns:depthData='http://ns.apple.com/depthData/1.0/'"
            + " depthData:Accuracy='absolute' apdi:FloatMinValue='0.5' apdi:FloatMaxValue='4'"
            + " apdi:AuxiliaryImageType='"
            + kind
            + "'/></rdf:RDF></x:xmpmeta>";
    return JpegSample.withSegment(JpegSample.grey(width, height), 0xe1, bytes(XMP + xmp));
  }

  @Test
  void applesDepthLiesBehindAJpeg() {
    byte[] photo =
        JpegSample.withPictures(
            JpegSample.withExif(JpegSample.grey(48, 24), 6, Map.of()),
            apple("hdrgainmap", 8, 8),
            apple("disparity", 16, 8));
    DepthMap map = read(photo);
    // Stored as the photo is, which is turned: black is 0.5 per metre.
    assertThat(map.width()).isEqualTo(8);
    assertThat(map.height()).isEqualTo(16);
    assertThat(map.kind()).isEqualTo(Kind.METRES);
    assertThat(map.data()).containsOnly(2f);
  }

  @Test
  void aListOfPicturesThatIsDamagedOrHasNoDepth() {
    byte[] jpeg = JpegSample.grey(48, 24);
    assertThat(
            PhoneDepth.read(JpegSample.withPictures(jpeg, apple("hdrgainmap", 8, 8)), "photo.jpg"))
        .isEmpty();
    byte[] photo = JpegSample.withPictures(jpeg, apple("disparity", 8, 8));
    assertThat(PhoneDepth.read(Arrays.copyOf(photo, photo.length - 9), "photo.jpg")).isEmpty();
    byte[] damaged = photo.clone();
    // The place of the index's fields.
    damaged[14] = 0x7f;
    assertThatThrownBy(() -> PhoneDepth.read(damaged, "photo.jpg"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("photo.jpg")
        .hasMessageContaining("list of pictures is damaged");
  }

  @Test
  void mostPhotosHoldNone(@TempDir Path folder) throws IOException {
    assertThat(PhoneDepth.read(JpegSample.grey(4, 4), "photo.jpg")).isEmpty();
    assertThat(PhoneDepth.read(new byte[] {1, 2}, "photo.jpg")).isEmpty();
    Path file = Files.write(folder.resolve("photo.jpg"), JpegSample.grey(4, 4));
    assertThatThrownBy(() -> PhoneDepth.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("holds no depth that a phone stored");
  }
}
