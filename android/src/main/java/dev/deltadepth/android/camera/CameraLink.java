package dev.deltadepth.android.camera;

import android.app.Activity;
import android.content.Context;
import android.graphics.Rect;
import android.hardware.camera2.CameraAccessException;
import android.hardware.camera2.CameraCaptureSession;
import android.hardware.camera2.CameraCharacteristics;
import android.hardware.camera2.CameraDevice;
import android.hardware.camera2.CameraManager;
import android.hardware.camera2.CaptureRequest;
import android.hardware.camera2.params.MeteringRectangle;
import android.util.Size;
import android.view.Surface;
import dev.deltadepth.android.work.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The phone's own cameras, by Camera2, one open at a time: what photos and live pictures have in
 * common. Called on the main thread, which it answers on.
 */
public final class CameraLink {
  /** Half the side of the square that is focused on, as a share of the sensor's shorter side. */
  private static final double FOCUS = 0.06;

  private final Activity screen;
  private final CameraManager manager;
  private final List<String> names = new ArrayList<>();
  private @Nullable CameraCharacteristics facts;
  private @Nullable CameraDevice device;
  private @Nullable CameraCaptureSession session;
  private @Nullable Surface shown;
  private @Nullable MeteringRectangle focus;
  private boolean lit;
  private int turn;

  /** Looks which cameras there are. */
  public CameraLink(Activity screen) {
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

  /** How many directions there are to look in. */
  public int count() {
    return names.size();
  }

  /** Begins anew; a camera that was asked for before is closed when it opens. */
  int begin() {
    return ++turn;
  }

  boolean isCurrent(int asked) {
    return asked == turn;
  }

  /**
   * Opens a camera.
   *
   * @param which below {@link #count}
   * @param opened told when it is open, unless it was closed before
   * @param failed told why it cannot be, or that another app has taken it
   */
  public void open(int which, Consumer<CameraDevice> opened, Consumer<Problem> failed) {
    int mine = begin();
    try {
      facts = manager.getCameraCharacteristics(names.get(which));
      manager.openCamera(
          names.get(which),
          new CameraDevice.StateCallback() {
            @Override
            public void onOpened(CameraDevice camera) {
              if (!isCurrent(mine)) {
                camera.close();
                return;
              }
              device = camera;
              opened.accept(camera);
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

  /**
   * Lets the open camera fill surfaces.
   *
   * @param preview filled all the time
   * @param surfaces all that may be filled, the preview included
   * @param ready told when the preview runs
   */
  public void connect(
      CameraDevice opened,
      Surface preview,
      List<Surface> surfaces,
      Runnable ready,
      Consumer<Problem> failed) {
    shown = preview;
    try {
      opened.createCaptureSession(
          surfaces,
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

  /** What is known of the open camera; null where the camera does not say. */
  public <T> @Nullable T fact(CameraCharacteristics.Key<T> key) {
    return facts == null ? null : facts.get(key);
  }

  /** Quarter turns of the screen, counter-clockwise from the phone's own upright position. */
  int rotation() {
    return screen.getWindowManager().getDefaultDisplay().getRotation();
  }

  int sensorOrientation() {
    Integer degrees = fact(CameraCharacteristics.SENSOR_ORIENTATION);
    return degrees == null ? 0 : degrees;
  }

  /** Whether the open camera looks at the user. */
  public boolean isFront() {
    Integer looks = fact(CameraCharacteristics.LENS_FACING);
    return looks != null && looks == CameraCharacteristics.LENS_FACING_FRONT;
  }

  /** Degrees, clockwise, by which its pictures are turned to stand upright on the screen. */
  public int uprightTurn() {
    int screenTurn = 90 * rotation();
    return Math.floorMod(sensorOrientation() + (isFront() ? screenTurn : -screenTurn), 360);
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

  /** Fills a surface with a JPEG that says which side is up. */
  void still(Surface target) {
    CameraDevice opened = device;
    CameraCaptureSession running = session;
    if (opened == null || running == null) {
      return;
    }
    try {
      CaptureRequest.Builder request = request(opened, CameraDevice.TEMPLATE_STILL_CAPTURE, target);
      request.set(CaptureRequest.JPEG_ORIENTATION, uprightTurn());
      request.set(CaptureRequest.JPEG_QUALITY, (byte) 95);
      running.capture(request.build(), null, null);
    } catch (CameraAccessException | IllegalStateException e) {
      // The camera is being closed: its own callback says so.
    }
  }

  /** Whether the open camera has a lamp. */
  public boolean hasTorch() {
    Boolean has = fact(CameraCharacteristics.FLASH_INFO_AVAILABLE);
    return has != null && has;
  }

  /** Switches the lamp. */
  public void torch(boolean on) {
    lit = on;
    look();
  }

  /** Focuses on a point of the preview, both coordinates in 0..1. */
  void focus(double x, double y) {
    Rect sensor = fact(CameraCharacteristics.SENSOR_INFO_ACTIVE_ARRAY_SIZE);
    Integer regions = fact(CameraCharacteristics.CONTROL_MAX_REGIONS_AF);
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

  /**
   * Chooses a size.
   *
   * @param most pixels
   * @param longest side in pixels
   * @param like a size whose shape it should have, or nothing
   * @return the largest within the limits, or the smallest if all are beyond them
   */
  public static Size largest(Size[] sizes, int most, int longest, @Nullable Size like) {
    Size best = sizes[0];
    double bestScore = Double.NEGATIVE_INFINITY;
    for (Size size : sizes) {
      double pixels = (double) size.getWidth() * size.getHeight();
      boolean fits = pixels <= most && Math.max(size.getWidth(), size.getHeight()) <= longest;
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

  /** Closes the camera; closing twice does nothing. */
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
    shown = null;
  }
}
