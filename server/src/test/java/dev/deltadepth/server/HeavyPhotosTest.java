package dev.deltadepth.server;

import static dev.deltadepth.server.DepthApiTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.AwtImages;
import dev.deltadepth.server.http.ServerException;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small files that would take much memory or time. */
class HeavyPhotosTest {
  private static final String DEPTH = "/api/v1/depth?format=npy&size=64";
  private static final int NPY_HEADER = 128;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1, 4900000", "4900000, 1", "65536, 1", "2, 65536"})
  void linesThatAreTooLongAreRefused(int width, int height) throws Exception {
    byte[] file = TestServer.png(new RgbImage(width, height, new byte[width * height * 3]), folder);
    try (TestServer server = start(TestServer.limits())) {
      assertProblem(server.post(DEPTH, file), 422, width + " x " + height);
      assertProblem(server.post(DEPTH, file), 422, "limit of 65535 a side");
      assertProblem(server.post("/api/v1/photo", file), 422, "limit of 65535 a side");
    }
  }

  @ParameterizedTest
  @CsvSource({"65535, 1", "1, 65535"})
  void theLongestLinesHaveTheirMap(int width, int height) throws Exception {
    byte[] line = new byte[width * height * 3];
    for (int i = 0; i < line.length; i += 3) {
      line[i] = (byte) (i / 3 * 255L / (line.length / 3 - 1));
    }
    byte[] file = TestServer.png(new RgbImage(width, height, line), folder);
    try (TestServer server = start(TestServer.limits())) {
      HttpResponse<byte[]> answer = server.post(DEPTH, file);
      assertThat(answer.statusCode()).isEqualTo(200);
      ByteBuffer map = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
      // The model gives the red, seen at 512 pixels.
      for (int i = 1000; i < 64_000; i += 1000) {
        float expected = i / 65534f;
        assertThat(map.getFloat(NPY_HEADER + 4 * i)).isBetween(expected - 0.01f, expected + 0.01f);
      }
      assertThat(server.metric("delta_work_bytes")).isZero();
    }
  }

  @Test
  void aDecoderIsStoppedWhenItsTimeIsOver() throws Exception {
    byte[] slow = manyScans(4000, 480);
    Limits limits = TestServer.limits().withTime(Duration.ofSeconds(5));
    try (TestServer server = start(limits)) {
      assertProblem(server.post(DEPTH, slow), 503, "processing the photo took too long");
      // There is one worker, which would be busy for half a minute.
      double busy = 1;
      for (int i = 0; i < 200 && busy > 0; i++) {
        Thread.sleep(50);
        busy = server.metric("delta_workers_busy");
      }
      assertThat(busy).isZero();
      byte[] file = TestServer.png(TestServer.photo(40, 30), folder);
      assertThat(server.post(DEPTH, file).statusCode()).isEqualTo(200);
      assertThat(server.metric("delta_work_bytes")).isZero();
    }
  }

  @Test
  void aPhotoOfTooManyScansIsRefused() throws Exception {
    try (TestServer server = start(TestServer.limits())) {
      assertProblem(server.post(DEPTH, manyScans(64, 20_000)), 422, "scans");
    }
  }

  /** A progressive JPEG of a square, of which the last scan comes so many more times. */
  private static byte[] manyScans(int side, int scans) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(stream);
      RgbImage black = new RgbImage(side, side, new byte[side * side * 3]);
      writer.write(null, new IIOImage(AwtImages.buffered(black), null, null), parameters);
    } finally {
      writer.dispose();
    }
    byte[] jpeg = out.toByteArray();
    int last = jpeg.length - 2;
    int scan = last;
    while (jpeg[scan] != (byte) 0xff || jpeg[scan + 1] != (byte) 0xda) {
      scan--;
    }
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(jpeg, 0, last);
    for (int i = 0; i < scans; i++) {
      many.write(jpeg, scan, last - scan);
    }
    many.write(jpeg, last, 2);
    return many.toByteArray();
  }

  @Test
  void photosInProgressShareTheirMemoryButOneAloneMayTakeMore() {
    MemoryBudget budget = new MemoryBudget(100);
    try (MemoryBudget.Share first = budget.share()) {
      first.needOrBeAlone(150);
      assertThat(budget.held()).isEqualTo(150);
      MemoryBudget.Share second = budget.share();
      assertThatThrownBy(() -> second.needOrBeAlone(1))
          .isInstanceOfSatisfying(
              ServerException.class, e -> assertThat(e.status()).isEqualTo(503));
    }
    assertThat(budget.held()).isZero();
    MemoryBudget.Share third = budget.share();
    third.needOrBeAlone(60);
    third.needOrBeAlone(40); // It has more already.
    MemoryBudget.Share fourth = budget.share();
    fourth.needOrBeAlone(40);
    assertThat(budget.held()).isEqualTo(100);
    assertThatThrownBy(() -> fourth.needOrBeAlone(41)).isInstanceOf(ServerException.class);
    for (MemoryBudget.Share share : Arrays.asList(third, fourth)) {
      share.close();
    }
    assertThat(budget.held()).isZero();
  }

  private TestServer start(Limits limits) {
    return TestServer.start(folder, ServerOptions.defaults().withLimits(limits));
  }
}
