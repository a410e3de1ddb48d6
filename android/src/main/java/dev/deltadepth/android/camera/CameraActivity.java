package dev.deltadepth.android.camera;

import android.os.Bundle;
import android.view.MotionEvent;
import android.view.View;
import dev.deltadepth.android.R;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes one photo. */
public final class CameraActivity extends CameraScreen {
  private @Nullable PhotoCamera camera;

  @Override
  protected void onCreate(@Nullable Bundle saved) {
    super.onCreate(saved);
    camera = new DeviceCamera(this);
    begin(R.layout.camera, saved);
    findViewById(R.id.shutter).setOnClickListener(view -> shoot());
    findViewById(R.id.preview).setOnTouchListener(this::touched);
  }

  @Override
  protected PhotoCamera camera() {
    return Objects.requireNonNull(camera);
  }

  @Override
  protected void open(int number) {
    camera().open(number, findViewById(R.id.preview), this::opened, this::fail);
  }

  private boolean touched(View preview, MotionEvent event) {
    if (event.getActionMasked() == MotionEvent.ACTION_UP) {
      camera().focus(event.getX() / preview.getWidth(), event.getY() / preview.getHeight());
      preview.performClick();
    }
    return true;
  }

  private void shoot() {
    findViewById(R.id.shutter).setEnabled(false);
    camera().shoot(this::keep);
  }
}
