package dev.deltadepth.android.live;

import android.app.Activity;
import android.graphics.ImageFormat;
import android.hardware.camera2.CameraCharacteristics;
import android.hardware.camera2.CameraDevice;
import android.hardware.camera2.params.StreamConfigurationMap;
import android.media.Image;
import android.media.ImageReader;
import android.os.Handler;
import android.os.HandlerThread;
import android.util.Size;
import dev.deltadepth.android.camera.CameraLink;
import dev.deltadepth.android.work.Problem;
import dev.deltadepth.core.live.YuvFrame;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Frames of the phone's own cameras. */
public final class DeviceFrames implements LiveCamera {
  /** As large as the screen shows them; the network sees less. */
  private static final int MOST_PIXELS = 640 * 480;

  private static final int LONGEST = 800;

  /** The shape that cameras see as a whole, and photos have. */
  private static final Size SHAPE = new Size(4, 3);

  /** One is copied while the camera fills the next. */
  private static final int BUFFERS = 3;

  private final CameraLink link;
  private @Nullable ImageReader reader;
  private @Nullable HandlerThread thread;

  /** Looks which cameras there are. */
  public DeviceFrames(Activity screen) {
    link = new CameraLink(screen);
  }

  @Override
  public int count() {
    return link.count();
  }

  @Override
  public void open(
      int which, Consumer<LiveFrame> frames, Runnable ready, Consumer<Problem> failed) {
    link.open(which, opened -> connect(opened, frames, ready, failed), failed);
  }

  private void connect(
      CameraDevice opened, Consumer<LiveFrame> frames, Runnable ready, Consumer<Problem> failed) {
    StreamConfigurationMap sizes = link.fact(CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP);
    Size[] offered = sizes == null ? null : sizes.getOutputSizes(ImageFormat.YUV_420_888);
    if (offered == null || offered.length == 0) {
      failed.accept(Problem.CAMERA_BUSY);
      return;
    }
    Size size = CameraLink.largest(offered, MOST_PIXELS, LONGEST, SHAPE);
    ImageReader source =
        ImageReader.newInstance(
            size.getWidth(), size.getHeight(), ImageFormat.YUV_420_888, BUFFERS);
    HandlerThread waiting = new HandlerThread("delta-frames");
    waiting.start();
    reader = source;
    thread = waiting;
    int degrees = link.uprightTurn();
    boolean mirrored = link.isFront();
    source.setOnImageAvailableListener(
        from -> {
          try (Image image = from.acquireLatestImage()) {
            if (image != null) {
              frames.accept(new LiveFrame(copy(image), degrees, mirrored));
            }
          } catch (IllegalStateException e) {
            // The reader has been closed meanwhile.
          }
        },
        new Handler(waiting.getLooper()));
    link.connect(
        opened, source.getSurface(), Collections.singletonList(source.getSurface()), ready, failed);
  }

  private static YuvFrame copy(Image image) {
    Image.Plane[] planes = image.getPlanes();
    return new YuvFrame(
        image.getWidth(),
        image.getHeight(),
        copy(planes[0]),
        copy(planes[1]),
        copy(planes[2]),
        YuvFrame.Range.FULL);
  }

  private static YuvFrame.Plane copy(Image.Plane plane) {
    ByteBuffer content = plane.getBuffer();
    byte[] data = new byte[content.remaining()];
    content.get(data);
    return new YuvFrame.Plane(data, plane.getRowStride(), plane.getPixelStride());
  }

  @Override
  public boolean hasTorch() {
    return link.hasTorch();
  }

  @Override
  public void torch(boolean on) {
    link.torch(on);
  }

  @Override
  public void close() {
    link.close();
    if (reader != null) {
      reader.close();
      reader = null;
    }
    if (thread != null) {
      thread.quitSafely();
      thread = null;
    }
  }
}
