package dev.deltadepth.android.live;

import android.content.Context;
import android.graphics.Bitmap;
import android.os.Bundle;
import android.view.View;
import android.view.WindowManager;
import android.widget.TextView;
import dev.deltadepth.android.Appearance;
import dev.deltadepth.android.DeltaApplication;
import dev.deltadepth.android.R;
import dev.deltadepth.android.camera.CameraScreen;
import dev.deltadepth.android.view.StageView;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The camera's picture and its depth, frame after frame. */
public final class LiveActivity extends CameraScreen {
  private static final int QUALITY = 95;

  private @Nullable LiveCamera camera;
  private @Nullable LiveDepth depth;
  private LiveDepth.@Nullable Shown shown;

  @Override
  protected void attachBaseContext(Context base) {
    super.attachBaseContext(Appearance.themed(base));
  }

  @Override
  protected void onCreate(@Nullable Bundle saved) {
    super.onCreate(saved);
    getWindow().addFlags(WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON);
    camera = ((DeltaApplication) getApplication()).liveCamera(this);
    begin(R.layout.live, saved);
    findViewById(R.id.shutter).setOnClickListener(view -> shoot());
    stage().sideBySide(new Appearance(this).sideBySide());
  }

  private StageView stage() {
    return findViewById(R.id.stage);
  }

  @Override
  protected LiveCamera camera() {
    return Objects.requireNonNull(camera);
  }

  @Override
  protected void open(int number) {
    end();
    DeltaApplication application = (DeltaApplication) getApplication();
    LiveDepth started =
        new LiveDepth(
            application.estimator(), new Appearance(this).colours(), this::show, this::fail);
    depth = started;
    camera().open(number, started::offer, this::opened, this::fail);
  }

  @Override
  protected void onPause() {
    super.onPause();
    end();
  }

  private void end() {
    if (depth != null) {
      depth.close();
      depth = null;
    }
  }

  private void show(LiveDepth.Shown latest) {
    shown = latest;
    findViewById(R.id.waiting).setVisibility(View.GONE);
    stage().frame(latest.photo(), latest.depth());
    TextView rate = findViewById(R.id.rate);
    if (latest.perSecond() > 0) {
      rate.setText(
          getString(R.string.rate, String.format(Locale.getDefault(), "%.1f", latest.perSecond())));
      rate.setVisibility(View.VISIBLE);
    }
    TextView detail = findViewById(R.id.detail);
    detail.setText(
        getString(
            R.string.rate_detail,
            String.format(Locale.getDefault(), "%d", latest.milliseconds()),
            String.format(Locale.getDefault(), "%d", latest.size())));
  }

  /** Keeps the frame that is seen, as a photo. */
  private void shoot() {
    LiveDepth.Shown seen = shown;
    if (seen != null) {
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      seen.photo().compress(Bitmap.CompressFormat.JPEG, QUALITY, jpeg);
      keep(jpeg.toByteArray());
    }
  }
}
