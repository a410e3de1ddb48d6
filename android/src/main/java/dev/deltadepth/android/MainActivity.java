package dev.deltadepth.android;

import android.app.Activity;
import android.content.ActivityNotFoundException;
import android.content.Context;
import android.content.Intent;
import android.net.Uri;
import android.os.Build;
import android.os.Bundle;
import android.view.View;
import android.widget.ImageButton;
import android.widget.TextView;
import android.widget.Toast;
import dev.deltadepth.android.camera.CameraActivity;
import dev.deltadepth.android.camera.CameraScreen;
import dev.deltadepth.android.live.LiveActivity;
import dev.deltadepth.android.view.StageView;
import dev.deltadepth.android.work.DepthWork;
import dev.deltadepth.android.work.Photo;
import dev.deltadepth.android.work.Problem;
import dev.deltadepth.android.work.WorkState;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The main screen: how to begin, and then a photo with its map. */
public final class MainActivity extends Activity {
  static final int CHOOSE = 1;
  static final int TAKE = 2;

  private static final String PICK_IMAGES = "android.provider.action.PICK_IMAGES";
  private static final int PICK_IMAGES_SINCE = 33;
  private static final String AT_WORK = "at-work";
  private static final String STAGE = "stage";
  private static final String TAKEN = "taken";

  private final Consumer<WorkState> listener = this::changed;
  private @Nullable ResultPanel panel;
  private @Nullable Problem problem;

  @Override
  protected void attachBaseContext(Context base) {
    super.attachBaseContext(Appearance.themed(base));
  }

  @Override
  protected void onCreate(@Nullable Bundle saved) {
    super.onCreate(saved);
    setContentView(R.layout.main);
    Insets.pad(findViewById(R.id.root));
    findViewById(R.id.hero).setClipToOutline(true);
    findViewById(R.id.frame).setClipToOutline(true);
    ImageButton theme = findViewById(R.id.theme);
    theme.setImageResource(Appearance.isNight(this) ? R.drawable.moon : R.drawable.sun);
    theme.setOnClickListener(view -> switchTheme());
    findViewById(R.id.about)
        .setOnClickListener(view -> startActivity(new Intent(this, AboutActivity.class)));
    findViewById(R.id.choose).setOnClickListener(view -> choose());
    findViewById(R.id.take).setOnClickListener(view -> take(CameraActivity.class));
    findViewById(R.id.live).setOnClickListener(view -> take(LiveActivity.class));
    findViewById(R.id.again).setOnClickListener(view -> again());
    findViewById(R.id.problem_close).setOnClickListener(view -> tell(null));
    StageView stage = findViewById(R.id.stage);
    panel = new ResultPanel(this, stage, this::tell);
    Bundle kept = saved == null ? null : saved.getBundle(STAGE);
    if (kept != null) {
      stage.restore(kept);
      panel.restore(kept);
    }
    begin(saved);
    ((DeltaApplication) getApplication()).measuring().soon();
  }

  private void begin(@Nullable Bundle saved) {
    DepthWork work = work();
    if (saved == null) {
      Uri shared = shared(getIntent());
      if (shared != null) {
        open(shared);
      }
    } else {
      String name = saved.getString(TAKEN);
      problem = name == null ? null : Problem.valueOf(name);
      if (saved.getBoolean(AT_WORK) && work.state().step() == WorkState.Step.NOTHING) {
        work.restore();
      }
    }
    work.listen(listener);
    show(work.state());
    tell(problem);
  }

  private DepthWork work() {
    return ((DeltaApplication) getApplication()).work();
  }

  private static @Nullable Uri shared(Intent intent) {
    return Intent.ACTION_SEND.equals(intent.getAction())
        ? intent.getParcelableExtra(Intent.EXTRA_STREAM)
        : null;
  }

  @Override
  protected void onNewIntent(Intent intent) {
    super.onNewIntent(intent);
    Uri shared = shared(intent);
    if (shared != null) {
      open(shared);
    }
  }

  @Override
  protected void onSaveInstanceState(Bundle out) {
    super.onSaveInstanceState(out);
    out.putBoolean(AT_WORK, work().state().step() != WorkState.Step.NOTHING);
    if (problem != null) {
      out.putString(TAKEN, problem.name());
    }
    StageView stage = findViewById(R.id.stage);
    Bundle kept = stage.kept();
    if (panel != null) {
      panel.keep(kept);
    }
    out.putBundle(STAGE, kept);
  }

  @Override
  protected void onResume() {
    super.onResume();
    if (panel != null) {
      panel.resume();
    }
  }

  @Override
  protected void onPause() {
    super.onPause();
    if (panel != null) {
      panel.pause();
    }
  }

  @Override
  protected void onDestroy() {
    super.onDestroy();
    if (!isChangingConfigurations() && work().leave(listener) && isFinishing()) {
      work().forget();
    }
  }

  @Override
  public void onBackPressed() {
    if (work().state().step() == WorkState.Step.NOTHING) {
      super.onBackPressed();
    } else {
      again();
    }
  }

  private void switchTheme() {
    new Appearance(this).night(!Appearance.isNight(this));
    recreate();
  }

  private void again() {
    tell(null);
    work().forget();
  }

  private void choose() {
    Intent pick;
    if (Build.VERSION.SDK_INT >= PICK_IMAGES_SINCE) {
      pick = new Intent(PICK_IMAGES);
    } else {
      pick = new Intent(Intent.ACTION_OPEN_DOCUMENT);
      pick.addCategory(Intent.CATEGORY_OPENABLE);
    }
    pick.setType("image/*");
    try {
      startActivityForResult(pick, CHOOSE);
    } catch (ActivityNotFoundException e) {
      // A phone without the system's own chooser; another app may have one.
      Intent other = new Intent(Intent.ACTION_GET_CONTENT).setType("image/*");
      startActivityForResult(other, CHOOSE);
    }
  }

  private void take(Class<? extends CameraScreen> camera) {
    tell(null);
    startActivityForResult(new Intent(this, camera), TAKE);
  }

  @Override
  protected void onActivityResult(int request, int result, @Nullable Intent data) {
    if (request == TAKE && data != null && data.hasExtra(CameraScreen.PROBLEM)) {
      tell(Problem.valueOf(String.valueOf(data.getStringExtra(CameraScreen.PROBLEM))));
    } else if (result != RESULT_OK) {
      return;
    } else if (request == Saving.PLACE && panel != null) {
      panel.placed(data);
    } else if (request == TAKE) {
      File taken = CameraScreen.taken(this);
      tell(null);
      work().start(() -> new FileInputStream(taken));
    } else if (request == CHOOSE && data != null && data.getData() != null) {
      open(data.getData());
    }
  }

  private void open(Uri picture) {
    tell(null);
    Context context = getApplicationContext();
    work()
        .start(
            () -> {
              InputStream in = context.getContentResolver().openInputStream(picture);
              if (in == null) {
                throw new FileNotFoundException(picture.toString());
              }
              return in;
            });
  }

  private void tell(@Nullable Problem what) {
    problem = what;
    View box = findViewById(R.id.problem);
    box.setVisibility(what == null ? View.GONE : View.VISIBLE);
    if (what != null) {
      TextView title = findViewById(R.id.problem_title);
      title.setText(what.title());
      TextView text = findViewById(R.id.problem_text);
      text.setText(what.advice());
    }
  }

  private void show(WorkState state) {
    boolean begun = state.step() != WorkState.Step.NOTHING && state.step() != WorkState.Step.FAILED;
    findViewById(R.id.start).setVisibility(begun ? View.GONE : View.VISIBLE);
    findViewById(R.id.work).setVisibility(begun ? View.VISIBLE : View.GONE);
    findViewById(R.id.veil)
        .setVisibility(begun && state.step() != WorkState.Step.DONE ? View.VISIBLE : View.GONE);
    if (state.problem() != null) {
      tell(state.problem());
    }
    if (panel != null) {
      panel.show(state);
    }
  }

  private void changed(WorkState state) {
    show(state);
    notice(state);
  }

  private void notice(WorkState state) {
    Photo photo = state.photo();
    if (state.step() == WorkState.Step.ESTIMATING && photo != null && photo.reduced()) {
      double megapixels = photo.pixels().width() * (double) photo.pixels().height() / 1e6;
      String number = String.format(Locale.getDefault(), "%.1f", megapixels);
      Toast.makeText(this, getString(R.string.picture_reduced, number), Toast.LENGTH_LONG).show();
    }
  }
}
