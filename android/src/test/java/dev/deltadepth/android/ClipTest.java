package dev.deltadepth.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import android.media.Image;
import android.media.MediaCodec;
import dev.deltadepth.android.work.Clips;
import dev.deltadepth.android.work.CodecClips;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.live.YuvFrame;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowMediaCodec;

/** Clips through Android's encoder and muxer, which here hand on what they are given. */
@RunWith(PhoneRunner.class)
@Config(sdk = 26, shadows = ClipTest.PictureCodec.class)
public class ClipTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  /** An encoder that takes pictures in planes with padding, the colours interleaved. */
  @Implements(MediaCodec.class)
  public static class PictureCodec extends ShadowMediaCodec {
    private static final List<ByteBuffer> LIGHT = new ArrayList<>();
    private static final List<ByteBuffer> COLOURS = new ArrayList<>();
    private static final int ROW = WIDTH + 16;

    /** The planes to be filled. */
    @Implementation
    protected Image getInputImage(int index) {
      ByteBuffer light = ByteBuffer.allocate(ROW * HEIGHT);
      ByteBuffer colours = ByteBuffer.allocate(ROW * HEIGHT / 2);
      LIGHT.add(light);
      COLOURS.add(colours);
      ByteBuffer second = colours.duplicate();
      second.position(1);
      return new PlanesImage(
          new PlaneOf(light, 1), new PlaneOf(colours, 2), new PlaneOf(second.slice(), 2));
    }
  }

  private static final class PlaneOf extends Image.Plane {
    private final ByteBuffer buffer;
    private final int pixelStride;

    PlaneOf(ByteBuffer buffer, int pixelStride) {
      this.buffer = buffer;
      this.pixelStride = pixelStride;
    }

    @Override
    public int getRowStride() {
      return PictureCodec.ROW;
    }

    @Override
    public int getPixelStride() {
      return pixelStride;
    }

    @Override
    public ByteBuffer getBuffer() {
      return buffer;
    }
  }

  private static final class PlanesImage extends Image {
    private final Plane[] planes;

    PlanesImage(Plane... planes) {
      this.planes = planes;
    }

    @Override
    public Plane[] getPlanes() {
      return planes;
    }

    @Override
    public int getFormat() {
      return 0;
    }

    @Override
    public int getWidth() {
      return WIDTH;
    }

    @Override
    public int getHeight() {
      return HEIGHT;
    }

    @Override
    public long getTimestamp() {
      return 0;
    }

    @Override
    public void close() {}
  }

  @Before
  public void buffersHoldAPicture() {
    int size = WIDTH * HEIGHT * 3 / 2;
    ShadowMediaCodec.addEncoder(
        "video/avc", new ShadowMediaCodec.CodecConfig(size, size, (in, out) -> out.put(in)));
    PictureCodec.LIGHT.clear();
    PictureCodec.COLOURS.clear();
  }

  @After
  public void noEncoderStays() {
    ShadowMediaCodec.clearCodecs();
  }

  private static RgbImage picture(int width, int height, int red) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) red;
      rgb[i + 1] = (byte) (i / 6 % 8 * 30);
    }
    return new RgbImage(width, height, rgb);
  }

  @Test
  public void theEncoderGetsThePicturesPlanesAndTheFileItsSamples() throws Exception {
    File file = new File(Phone.application().getCacheDir(), "clip.mp4");
    // Three columns and one row are more than blocks of 16 hold.
    int frames = 30;
    try (Clips.Writer writer = new CodecClips().begin(file, WIDTH + 3, HEIGHT + 1)) {
      for (int i = 0; i < frames; i++) {
        writer.add(picture(WIDTH + 3, HEIGHT + 1, 8 * i), 100_000L * i);
      }
    }
    assertThat(PictureCodec.LIGHT).hasSize(frames);
    for (int i : new int[] {0, frames - 1}) {
      YuvFrame expected = YuvFrame.of(picture(WIDTH + 3, HEIGHT + 1, 8 * i));
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          assertThat(PictureCodec.LIGHT.get(i).get(y * PictureCodec.ROW + x) & 0xff)
              .isEqualTo(expected.y().value(x, y));
          assertThat(
                  PictureCodec.COLOURS.get(i).get(y / 2 * PictureCodec.ROW + x / 2 * 2 + x % 2)
                      & 0xff)
              .isEqualTo((x % 2 == 0 ? expected.u() : expected.v()).value(x / 2, y / 2));
        }
      }
    }
    assertThat(file.length()).isEqualTo((long) frames * WIDTH * HEIGHT * 3 / 2);
  }

  @Test
  public void whatCannotBeEncodedIsRefused() throws Exception {
    File file = new File(Phone.application().getCacheDir(), "clip.mp4");
    assertThatThrownBy(() -> new CodecClips().begin(file, 15, 480))
        .isInstanceOf(IOException.class)
        .hasMessage("a clip of 15x480 pixels is too small");
    Clips.Writer none = new CodecClips().begin(file, WIDTH, HEIGHT);
    assertThatThrownBy(none::close).isInstanceOf(IOException.class);
    // Closing again does nothing.
    none.close();
  }
}
