package dev.deltadepth.android.camera;

import android.app.Activity;
import android.graphics.ImageFormat;
import android.graphics.Matrix;
import android.graphics.RectF;
import android.graphics.SurfaceTexture;
import android.hardware.camera2.CameraCharacteristics;
import android.hardware.camera2.CameraDevice;
import android.hardware.camera2.params.StreamConfigurationMap;
import android.media.Image;
import android.media.ImageReader;
import android.util.Size;
import android.view.Surface;
import android.view.TextureView;
import android.view.View;
import android.widget.FrameLayout;
import dev.deltadepth.android.work.Problem;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Photos from the phone's own cameras. */
final class DeviceCamera implements PhotoCamera {
  /** Largest photo in pixels: what the reader keeps of it. */
  private static final int MOST_PIXELS = 12_600_000;

  /** Longest side of the preview. */
  private static final int LONGEST_PREVIEW = 1920;

  private final CameraLink link;
  private @Nullable ImageReader photos;
  private @Nullable Surface shown;

  DeviceCamera(Activity screen) {
    link = new CameraLink(screen);
  }

  @Override
  public int count() {
    return link.count();
  }

  @Override
  public void open(int which, TextureView preview, Runnable ready, Consumer<Problem> failed) {
    int mine = link.begin();
    if (preview.isAvailable()) {
      link.open(which, opened -> connect(opened, preview, ready, failed), failed);
      return;
    }
    preview.setSurfaceTextureListener(
        new TextureView.SurfaceTextureListener() {
          @Override
          public void onSurfaceTextureAvailable(SurfaceTexture texture, int width, int height) {
            if (link.isCurrent(mine)) {
              link.open(which, opened -> connect(opened, preview, ready, failed), failed);
            }
          }

          @Override
          public void onSurfaceTextureSizeChanged(SurfaceTexture texture, int width, int height) {}

          @Override
          public boolean onSurfaceTextureDestroyed(SurfaceTexture texture) {
            return true;
          }

          @Override
          public void onSurfaceTextureUpdated(SurfaceTexture texture) {}
        });
  }

  private void connect(
      CameraDevice opened, TextureView preview, Runnable ready, Consumer<Problem> failed) {
    StreamConfigurationMap sizes = link.fact(CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP);
    SurfaceTexture texture = preview.getSurfaceTexture();
    if (sizes == null || texture == null) {
      failed.accept(Problem.CAMERA_BUSY);
      return;
    }
    Size photo =
        CameraLink.largest(
            sizes.getOutputSizes(ImageFormat.JPEG), MOST_PIXELS, Integer.MAX_VALUE, null);
    Size seen =
        CameraLink.largest(
            sizes.getOutputSizes(SurfaceTexture.class),
            LONGEST_PREVIEW * LONGEST_PREVIEW,
            LONGEST_PREVIEW,
            photo);
    texture.setDefaultBufferSize(seen.getWidth(), seen.getHeight());
    fit(preview, seen);
    Surface surface = new Surface(texture);
    shown = surface;
    ImageReader reader =
        ImageReader.newInstance(photo.getWidth(), photo.getHeight(), ImageFormat.JPEG, 2);
    photos = reader;
    link.connect(opened, surface, Arrays.asList(surface, reader.getSurface()), ready, failed);
  }

  /** Gives the preview the shape of what the camera sees, and turns it with the screen. */
  private void fit(TextureView preview, Size seen) {
    int rotation = link.rotation();
    boolean turned = (link.sensorOrientation() - 90 * rotation) % 180 != 0;
    double ratio =
        turned
            ? (double) seen.getHeight() / seen.getWidth()
            : (double) seen.getWidth() / seen.getHeight();
    View parent = (View) preview.getParent();
    double width = Math.min(parent.getWidth(), parent.getHeight() * ratio);
    FrameLayout.LayoutParams size = (FrameLayout.LayoutParams) preview.getLayoutParams();
    size.width = (int) Math.round(width);
    size.height = (int) Math.round(width / ratio);
    preview.setLayoutParams(size);
    Matrix matrix = new Matrix();
    RectF view = new RectF(0, 0, size.width, size.height);
    if (rotation == Surface.ROTATION_90 || rotation == Surface.ROTATION_270) {
      RectF upright = new RectF(0, 0, size.height, size.width);
      upright.offset(view.centerX() - upright.centerX(), view.centerY() - upright.centerY());
      matrix.setRectToRect(view, upright, Matrix.ScaleToFit.FILL);
      matrix.postRotate(90 * (rotation - 2), view.centerX(), view.centerY());
    } else if (rotation == Surface.ROTATION_180) {
      matrix.postRotate(180, view.centerX(), view.centerY());
    }
    preview.setTransform(matrix);
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
  public void focus(double x, double y) {
    link.focus(x, y);
  }

  @Override
  public void shoot(Consumer<byte[]> taken) {
    ImageReader reader = photos;
    if (reader == null) {
      return;
    }
    reader.setOnImageAvailableListener(
        source -> {
          try (Image image = source.acquireLatestImage()) {
            if (image != null) {
              ByteBuffer content = image.getPlanes()[0].getBuffer();
              byte[] jpeg = new byte[content.remaining()];
              content.get(jpeg);
              taken.accept(jpeg);
            }
          }
        },
        null);
    link.still(reader.getSurface());
  }

  @Override
  public void close() {
    link.close();
    if (photos != null) {
      photos.close();
      photos = null;
    }
    if (shown != null) {
      shown.release();
      shown = null;
    }
  }
}
