package dev.deltadepth.android.camera;

import android.app.Activity;
import android.content.Context;
import android.graphics.ImageFormat;
import android.graphics.Matrix;
import android.graphics.RectF;
import android.graphics.SurfaceTexture;
import android.hardware.camera2.CameraAccessException;
import android.hardware.camera2.CameraCaptureSession;
import android.hardware.camera2.CameraCharacteristics;
import android.hardware.camera2.CameraDevice;
import android.hardware.camera2.CameraManager;
import android.hardware.camera2.CaptureRequest;
import android.hardware.camera2.params.MeteringRectangle;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The phone's own cameras, by Camera2. */
final class DeviceCamera implements PhotoCamera {
  /** Largest photo in pixels: what the reader keeps of it. */
  private static final int MOST_PIXELS = 12_600_000;

  /** Longest side of the preview. */
  private static final int LONGEST_PREVIEW = 1920;

  /** Half the side of the square that is focused on, as a share of the sensor's shorter side. */
  private static final double FOCUS = 0.06;

  private final Activity screen;
  private final CameraManager manager;
  private final List<String> names = new ArrayList<>();
  private @Nullable CameraCharacteristics facts;
  private @Nullable CameraDevice device;
  private @Nullable CameraCaptureSession session;
  private @Nullable ImageReader photos;
  private @Nullable Surface shown;
  private @Nullable MeteringRectangle focus;
  private boolean lit;
  private int turn;

  DeviceCamera(Activity screen) {
    this.screen = screen;
    manager = (CameraManager) screen.getSystemService(Context.CAMERA_SERVICE);
    try {
      addFacing(CameraCharacteristics.LENS_FACING_BACK);
      addFacing(CameraCharacteristics.LENS_FACING_FRONT);
      addFacing(CameraCharacteristics.LENS_FACING_EXTERNAL);
    } catch (CameraAccessException | IllegalArgumentException e) {
      names.clear();
    }
  }

  /** The first camera of a direction is the phone's main one. */
  private void addFacing(int facing) throws CameraAccessException {
    for (String name : manager.getCameraIdList()) {
      Integer looks = manager.getCameraCharacteristics(name).get(CameraCharacteristics.LENS_FACING);
      if (looks != null && looks == facing) {
        names.add(name);
        return;
      }
    }
  }

  @Override
  public int count() {
    return names.size();
  }

  @Override
  public void open(int which, TextureView preview, Runnable ready, Consumer<Problem> failed) {
    int mine = ++turn;
    if (preview.isAvailable()) {
      open(names.get(which), preview, ready, failed, mine);
      return;
    }
    preview.setSurfaceTextureListener(
        new TextureView.SurfaceTextureListener() {
          @Override
          public void onSurfaceTextureAvailable(SurfaceTexture texture, int width, int height) {
            if (mine == turn) {
              open(names.get(which), preview, ready, failed, mine);
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

  private void open(
      String name, TextureView preview, Runnable ready, Consumer<Problem> failed, int mine) {
    try {
      facts = manager.getCameraCharacteristics(name);
      manager.openCamera(
          name,
          new CameraDevice.StateCallback() {
            @Override
            public void onOpened(CameraDevice opened) {
              if (mine != turn) {
                opened.close();
                return;
              }
              device = opened;
              connect(opened, preview, ready, failed);
            }

            @Override
            public void onDisconnected(CameraDevice gone) {
              gone.close();
              failed.accept(Problem.CAMERA_BUSY);
            }

            @Override
            public void onError(CameraDevice broken, int error) {
              broken.close();
              failed.accept(Problem.CAMERA_BUSY);
            }
          },
          null);
    } catch (SecurityException e) {
      failed.accept(Problem.CAMERA_REFUSED);
    } catch (CameraAccessException | IllegalArgumentException e) {
      failed.accept(Problem.CAMERA_BUSY);
    }
  }

  private void connect(
      CameraDevice opened, TextureView preview, Runnable ready, Consumer<Problem> failed) {
    CameraCharacteristics known = facts;
    StreamConfigurationMap sizes =
        known == null ? null : known.get(CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP);
    SurfaceTexture texture = preview.getSurfaceTexture();
    if (sizes == null || texture == null) {
      failed.accept(Problem.CAMERA_BUSY);
      return;
    }
    Size photo = largest(sizes.getOutputSizes(ImageFormat.JPEG), MOST_PIXELS, null);
    Size seen =
        largest(
            sizes.getOutputSizes(SurfaceTexture.class), LONGEST_PREVIEW * LONGEST_PREVIEW, photo);
    texture.setDefaultBufferSize(seen.getWidth(), seen.getHeight());
    fit(preview, seen);
    Surface surface = new Surface(texture);
    shown = surface;
    ImageReader reader =
        ImageReader.newInstance(photo.getWidth(), photo.getHeight(), ImageFormat.JPEG, 2);
    photos = reader;
    try {
      opened.createCaptureSession(
          Arrays.asList(surface, reader.getSurface()),
          new CameraCaptureSession.StateCallback() {
            @Override
            public void onConfigured(CameraCaptureSession configured) {
              if (device != opened) {
                return;
              }
              session = configured;
              look();
              ready.run();
            }

            @Override
            public void onConfigureFailed(CameraCaptureSession configured) {
              failed.accept(Problem.CAMERA_BUSY);
            }
          },
          null);
    } catch (CameraAccessException | IllegalStateException e) {
      failed.accept(Problem.CAMERA_BUSY);
    }
  }

  /** The largest size within a limit; with the same shape as another one if there is any. */
  static Size largest(Size[] sizes, int most, @Nullable Size like) {
    Size best = sizes[0];
    double bestScore = Double.NEGATIVE_INFINITY;
    for (Size size : sizes) {
      double pixels = (double) size.getWidth() * size.getHeight();
      boolean fits =
          pixels <= most
              && (like == null || Math.max(size.getWidth(), size.getHeight()) <= LONGEST_PREVIEW);
      double stretch =
          like == null
              ? 0
              : Math.abs(
                  (double) size.getWidth() / size.getHeight()
                      - (double) like.getWidth() / like.getHeight());
      double score = (fits ? pixels : -pixels) - (stretch > 0.02 ? 1e9 : 0);
      if (score > bestScore) {
        best = size;
        bestScore = score;
      }
    }
    return best;
  }

  /** Quarter turns of the screen, counter-clockwise from the phone's own upright position. */
  private int rotation() {
    return screen.getWindowManager().getDefaultDisplay().getRotation();
  }

  private int sensorOrientation() {
    Integer degrees = facts == null ? null : facts.get(CameraCharacteristics.SENSOR_ORIENTATION);
    return degrees == null ? 0 : degrees;
  }

  /** Gives the preview the shape of what the camera sees, and turns it with the screen. */
  private void fit(TextureView preview, Size seen) {
    int rotation = rotation();
    boolean turned = (sensorOrientation() - 90 * rotation) % 180 != 0;
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

  private CaptureRequest.Builder request(CameraDevice opened, int template, Surface target)
      throws CameraAccessException {
    CaptureRequest.Builder request = opened.createCaptureRequest(template);
    request.addTarget(target);
    request.set(
        CaptureRequest.FLASH_MODE,
        lit ? CaptureRequest.FLASH_MODE_TORCH : CaptureRequest.FLASH_MODE_OFF);
    MeteringRectangle there = focus;
    if (there != null) {
      request.set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_AUTO);
      request.set(CaptureRequest.CONTROL_AF_REGIONS, new MeteringRectangle[] {there});
    } else {
      request.set(
          CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE);
    }
    return request;
  }

  private void look() {
    CameraDevice opened = device;
    CameraCaptureSession running = session;
    Surface surface = shown;
    if (opened == null || running == null || surface == null) {
      return;
    }
    try {
      CaptureRequest.Builder request = request(opened, CameraDevice.TEMPLATE_PREVIEW, surface);
      running.setRepeatingRequest(request.build(), null, null);
      if (focus != null) {
        request.set(CaptureRequest.CONTROL_AF_TRIGGER, CaptureRequest.CONTROL_AF_TRIGGER_START);
        running.capture(request.build(), null, null);
      }
    } catch (CameraAccessException | IllegalStateException e) {
      // The camera is being closed: its own callback says so.
    }
  }

  @Override
  public boolean hasTorch() {
    Boolean has = facts == null ? null : facts.get(CameraCharacteristics.FLASH_INFO_AVAILABLE);
    return has != null && has;
  }

  @Override
  public void torch(boolean on) {
    lit = on;
    look();
  }

  @Override
  public void focus(double x, double y) {
    CameraCharacteristics known = facts;
    android.graphics.Rect sensor =
        known == null ? null : known.get(CameraCharacteristics.SENSOR_INFO_ACTIVE_ARRAY_SIZE);
    Integer regions =
        known == null ? null : known.get(CameraCharacteristics.CONTROL_MAX_REGIONS_AF);
    if (sensor == null || regions == null || regions == 0) {
      return;
    }
    // From the screen's axes to the sensor's.
    double u = x;
    double v = y;
    for (int turned = Math.floorMod(sensorOrientation() - 90 * rotation(), 360);
        turned > 0;
        turned -= 90) {
      double before = u;
      u = v;
      v = 1 - before;
    }
    int half = (int) (FOCUS * Math.min(sensor.width(), sensor.height()));
    int left = (int) Math.max(0, Math.min(sensor.width() - 2.0 * half, u * sensor.width() - half));
    int top = (int) Math.max(0, Math.min(sensor.height() - 2.0 * half, v * sensor.height() - half));
    focus =
        new MeteringRectangle(left, top, 2 * half, 2 * half, MeteringRectangle.METERING_WEIGHT_MAX);
    look();
  }

  @Override
  public void shoot(Consumer<byte[]> taken) {
    CameraDevice opened = device;
    CameraCaptureSession running = session;
    ImageReader reader = photos;
    if (opened == null || running == null || reader == null) {
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
    try {
      CaptureRequest.Builder request =
          request(opened, CameraDevice.TEMPLATE_STILL_CAPTURE, reader.getSurface());
      request.set(CaptureRequest.JPEG_ORIENTATION, uprightTurn());
      request.set(CaptureRequest.JPEG_QUALITY, (byte) 95);
      running.capture(request.build(), null, null);
    } catch (CameraAccessException | IllegalStateException e) {
      // The camera is being closed: its own callback says so.
    }
  }

  /** Degrees, clockwise, by which a photo is turned to stand upright on the screen. */
  private int uprightTurn() {
    Integer looks = facts == null ? null : facts.get(CameraCharacteristics.LENS_FACING);
    boolean front = looks != null && looks == CameraCharacteristics.LENS_FACING_FRONT;
    int screenTurn = 90 * rotation();
    return Math.floorMod(sensorOrientation() + (front ? screenTurn : -screenTurn), 360);
  }

  @Override
  public void close() {
    turn++;
    focus = null;
    lit = false;
    if (session != null) {
      session.close();
      session = null;
    }
    if (device != null) {
      device.close();
      device = null;
    }
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
