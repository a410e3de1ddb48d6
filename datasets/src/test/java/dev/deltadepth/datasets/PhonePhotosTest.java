package dev.deltadepth.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.metrics.TruthKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhonePhotosTest {
  @TempDir private Path folder;

  /** A photo of 40x20 pixels with two depths, from a near to a far one, in GDepth. */
  private void write(String name, String attributes) throws IOException {
    byte[] photo = ImageFiles.jpeg(new RgbImage(40, 20, new byte[40 * 20 * 3]), 0.9f);
    byte[] depth = ImageFiles.png(new RgbImage(2, 1, new byte[] {0, 0, 0, -1, -1, -1}));
    String packet =
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
            + "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
            + "<rdf:Description rdf:about=''"
            + " xmlns:GDepth='http://ns.google.com/photos/1.0/depthmap/'"
            + " GDepth:Near='1' GDepth:Far='4' GDepth:Mime='image/png' "
            + attributes
            + " GDepth:Data='"
            + Base64.getEncoder().encodeToString(depth)
            + "'/></rdf:RDF></x:xmpmeta>";
    byte[] content = packet.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(photo, 0, 2);
    out.write(0xff);
    out.write(0xe1);
    out.write((content.length + 2) >> 8);
    out.write(content.length + 2);
    out.writeBytes(content);
    out.write(photo, 2, photo.length - 2);
    Files.write(folder.resolve(name), out.toByteArray());
  }

  @Test
  void photosAreSplitByWhetherTheirDepthHasAUnit() throws IOException {
    write("a.jpg", "GDepth:Format='RangeLinear' GDepth:Units='m'");
    write("b.jpg", "GDepth:Format='RangeInverse'");
    ImageFiles.writeJpeg(new RgbImage(8, 8, new byte[192]), folder.resolve("plain.jpg"), 0.9f);
    try (DataSet data = DataSets.open(folder)) {
      assertThat(data.name()).isEqualTo("phone");
      assertThat(data.sets()).extracting(SampleSet::name).containsExactly("phone-metres", "phone");
      SampleSet metres = data.sets().get(0);
      assertThat(metres.kind()).isEqualTo(TruthKind.METRES);
      Sample first = metres.samples().get(0);
      assertThat(first.id()).isEqualTo("a");
      assertThat(first.image().width()).isEqualTo(40);
      assertThat(first.truth().data()).containsExactly(1, 4);
      SampleSet relative = data.sets().get(1);
      assertThat(relative.kind()).isEqualTo(TruthKind.DISPARITY);
      float[] disparity = relative.samples().get(0).truth().data();
      assertThat(disparity[0] / disparity[1]).isCloseTo(4f, within(1e-4f));
    }
  }

  @Test
  void photosWithoutDepthAreNoDataSet() throws IOException {
    ImageFiles.writeJpeg(new RgbImage(8, 8, new byte[192]), folder.resolve("plain.jpg"), 0.9f);
    assertThatThrownBy(() -> DataSets.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("is not a recognised data set");
    write("a.jpg", "GDepth:Format='RangeLinear' GDepth:Near='x'");
    assertThatThrownBy(() -> DataSets.open(DataSets.named("phone").orElseThrow(), folder))
        .isInstanceOf(RuntimeException.class);
  }
}
