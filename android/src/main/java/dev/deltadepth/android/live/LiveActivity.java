package dev.deltadepth.android.live;

import android.content.Context;
import android.content.Intent;
import android.graphics.Bitmap;
import android.os.Bundle;
import android.view.View;
import android.view.WindowManager;
import android.widget.TextView;
import android.widget.Toast;
import dev.deltadepth.android.Appearance;
import dev.deltadepth.android.DeltaApplication;
import dev.deltadepth.android.R;
import dev.deltadepth.android.Saving;
import dev.deltadepth.android.camera.CameraScreen;
import dev.deltadepth.android.view.StageView;
import dev.deltadepth.android.work.Medium;
import dev.deltadepth.android.work.Problem;
import dev.deltadepth.android.work.Settings;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The camera's picture and its depth, frame after frame. */
public final class LiveActivity extends CameraScreen {
  private static final int QUALITY = 95;

  private @Nullable LiveCamera camera;
  private @Nullable LiveDepth depth;
  private @Nullable LiveClip clip;
  private @Nullable Saving saving;
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
    saving = new Saving(this, this::tell);
    findViewById(R.id.shutter).setOnClickListener(view -> shoot());
    findViewById(R.id.record).setOnClickListener(view -> record());
    findViewById(R.id.close).setOnClickListener(view -> leave());
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

  @Override
  public void onBackPressed() {
    leave();
  }

  /** Ends a recording first: it is saved before anything else happens. */
  private void leave() {
    if (clip != null) {
      stopRecording();
    } else {
      finish();
    }
  }

  private void record() {
    LiveDepth running = depth;
    if (clip != null) {
      stopRecording();
    } else if (running != null) {
      LiveClip begun =
          new LiveClip(
              ((DeltaApplication) getApplication()).clips(), new File(getCacheDir(), "clip.mp4"));
      clip = begun;
      running.record(begun);
      showRecording(true);
    }
  }

  private void stopRecording() {
    LiveClip recorded = clip;
    clip = null;
    if (depth != null) {
      depth.record(null);
    }
    showRecording(false);
    Saving to = saving;
    if (recorded != null && to != null) {
      to.save("live", Medium.CLIP, recorded::finish);
    }
  }

  private void showRecording(boolean on) {
    View button = findViewById(R.id.record);
    button.setSelected(on);
    button.setContentDescription(getString(on ? R.string.record_stop : R.string.record));
  }

  private void tell(Problem problem) {
    Toast.makeText(this, problem.title(), Toast.LENGTH_LONG).show();
  }

  @Override
  protected void onActivityResult(int request, int result, @Nullable Intent data) {
    if (request == Saving.PLACE && result == RESULT_OK && saving != null) {
      saving.answered(data);
    }
  }

  private void end() {
    stopRecording();
    LiveDepth.Shown seen = shown;
    if (seen != null && seen.perSecond() > 0) {
      new Settings(this).rate(seen.perSecond());
    }
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
