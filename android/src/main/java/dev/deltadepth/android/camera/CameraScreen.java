package dev.deltadepth.android.camera;

import android.Manifest;
import android.app.Activity;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.os.Bundle;
import android.view.View;
import dev.deltadepth.android.Insets;
import dev.deltadepth.android.R;
import dev.deltadepth.android.work.Problem;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A screen with a camera: the permission, the other camera, the lamp. Its result is {@link #taken},
 * or a {@link #PROBLEM}, or nothing.
 */
public abstract class CameraScreen extends Activity {
  /** In the result: the {@link Problem} that there is no photo for. */
  public static final String PROBLEM = "problem";

  private static final int ASK = 1;
  private static final String WHICH = "which";

  private int which;
  private boolean lit;
  private boolean asking;

  /** Where the photo lies. */
  public static File taken(Context context) {
    return new File(context.getCacheDir(), "taken.jpg");
  }

  /** The cameras, once the screen is made. */
  protected abstract PhoneCamera camera();

  /** Opens a camera; when it is ready, {@link #opened} is called, or else {@link #fail}. */
  protected abstract void open(int number);

  /**
   * Sets up what is on every screen with a camera.
   *
   * @param layout with the views {@code camera}, {@code close}, {@code shutter}, {@code flip} and
   *     {@code torch}
   */
  protected final void begin(int layout, @Nullable Bundle saved) {
    setContentView(layout);
    Insets.pad(findViewById(R.id.camera));
    which = saved == null ? 0 : saved.getInt(WHICH);
    findViewById(R.id.close).setOnClickListener(view -> finish());
    findViewById(R.id.flip).setOnClickListener(view -> flip());
    findViewById(R.id.torch).setOnClickListener(view -> torch(!lit));
  }

  @Override
  protected void onSaveInstanceState(Bundle out) {
    super.onSaveInstanceState(out);
    out.putInt(WHICH, which);
  }

  @Override
  protected void onResume() {
    super.onResume();
    if (checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED) {
      open();
    } else if (!asking) {
      asking = true;
      requestPermissions(new String[] {Manifest.permission.CAMERA}, ASK);
    }
  }

  @Override
  protected void onPause() {
    super.onPause();
    camera().close();
  }

  @Override
  public void onRequestPermissionsResult(int request, String[] names, int[] results) {
    asking = false;
    if (request == ASK && results.length > 0 && results[0] != PackageManager.PERMISSION_GRANTED) {
      fail(Problem.CAMERA_REFUSED);
    }
  }

  private void open() {
    int count = camera().count();
    if (count == 0) {
      fail(Problem.CAMERA_MISSING);
      return;
    }
    lit = false;
    findViewById(R.id.torch).setSelected(false);
    findViewById(R.id.shutter).setEnabled(false);
    findViewById(R.id.flip).setVisibility(count > 1 ? View.VISIBLE : View.GONE);
    open(which % count);
  }

  /** The camera is ready: photos can be taken. */
  protected final void opened() {
    findViewById(R.id.shutter).setEnabled(true);
    findViewById(R.id.torch).setVisibility(camera().hasTorch() ? View.VISIBLE : View.GONE);
  }

  private void flip() {
    camera().close();
    which++;
    open();
  }

  private void torch(boolean on) {
    lit = on;
    camera().torch(on);
    findViewById(R.id.torch).setSelected(on);
  }

  /** Ends with a photo. */
  protected final void keep(byte[] file) {
    try (OutputStream out = new FileOutputStream(taken(this))) {
      out.write(file);
      setResult(RESULT_OK);
      finish();
    } catch (IOException e) {
      fail(Problem.SAVE_FAILED);
    }
  }

  /** Ends without one. */
  protected final void fail(Problem problem) {
    setResult(RESULT_CANCELED, new Intent().putExtra(PROBLEM, problem.name()));
    finish();
  }
}
