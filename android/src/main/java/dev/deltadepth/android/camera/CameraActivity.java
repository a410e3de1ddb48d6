package dev.deltadepth.android.camera;

import android.Manifest;
import android.app.Activity;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.os.Bundle;
import android.view.MotionEvent;
import android.view.TextureView;
import android.view.View;
import dev.deltadepth.android.Insets;
import dev.deltadepth.android.R;
import dev.deltadepth.android.work.Problem;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Takes one photo. Its result is {@link #taken}, or a {@link #PROBLEM}. */
public final class CameraActivity extends Activity {
  /** In the result: the {@link Problem} that there is no photo for. */
  public static final String PROBLEM = "problem";

  private static final int ASK = 1;
  private static final String WHICH = "which";

  private @Nullable PhotoCamera camera;
  private int which;
  private boolean lit;
  private boolean asking;

  /** Where the photo lies. */
  public static File taken(Context context) {
    return new File(context.getCacheDir(), "taken.jpg");
  }

  @Override
  protected void onCreate(@Nullable Bundle saved) {
    super.onCreate(saved);
    setContentView(R.layout.camera);
    Insets.pad(findViewById(R.id.camera));
    which = saved == null ? 0 : saved.getInt(WHICH);
    camera = new DeviceCamera(this);
    findViewById(R.id.close).setOnClickListener(view -> finish());
    findViewById(R.id.shutter).setOnClickListener(view -> shoot());
    findViewById(R.id.flip).setOnClickListener(view -> flip());
    findViewById(R.id.torch).setOnClickListener(view -> torch(!lit));
    findViewById(R.id.preview).setOnTouchListener(this::touched);
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
    if (camera != null) {
      camera.close();
    }
  }

  @Override
  public void onRequestPermissionsResult(int request, String[] names, int[] results) {
    asking = false;
    if (request == ASK && results.length > 0 && results[0] != PackageManager.PERMISSION_GRANTED) {
      fail(Problem.CAMERA_REFUSED);
    }
  }

  private void open() {
    PhotoCamera known = camera;
    if (known == null) {
      return;
    }
    if (known.count() == 0) {
      fail(Problem.CAMERA_MISSING);
      return;
    }
    lit = false;
    View shutter = findViewById(R.id.shutter);
    shutter.setEnabled(false);
    findViewById(R.id.flip).setVisibility(known.count() > 1 ? View.VISIBLE : View.GONE);
    TextureView preview = findViewById(R.id.preview);
    known.open(
        which % known.count(),
        preview,
        () -> {
          shutter.setEnabled(true);
          findViewById(R.id.torch).setVisibility(known.hasTorch() ? View.VISIBLE : View.GONE);
        },
        this::fail);
  }

  private void flip() {
    if (camera != null) {
      camera.close();
      which++;
      open();
    }
  }

  private void torch(boolean on) {
    if (camera != null) {
      lit = on;
      camera.torch(on);
      findViewById(R.id.torch).setSelected(on);
    }
  }

  private boolean touched(View preview, MotionEvent event) {
    if (event.getActionMasked() == MotionEvent.ACTION_UP && camera != null) {
      camera.focus(event.getX() / preview.getWidth(), event.getY() / preview.getHeight());
      preview.performClick();
    }
    return true;
  }

  private void shoot() {
    if (camera != null) {
      findViewById(R.id.shutter).setEnabled(false);
      camera.shoot(this::keep);
    }
  }

  private void keep(byte[] jpeg) {
    try (OutputStream out = new FileOutputStream(taken(this))) {
      out.write(jpeg);
      setResult(RESULT_OK);
      finish();
    } catch (IOException e) {
      fail(Problem.SAVE_FAILED);
    }
  }

  private void fail(Problem problem) {
    setResult(RESULT_CANCELED, new Intent().putExtra(PROBLEM, problem.name()));
    finish();
  }
}
