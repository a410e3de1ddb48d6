package dev.deltadepth.android;

import android.app.Activity;
import android.content.Context;
import android.content.Intent;
import android.graphics.Typeface;
import android.os.Bundle;
import android.view.View;
import android.widget.LinearLayout;
import android.widget.TextView;
import dev.deltadepth.android.work.Measuring;
import dev.deltadepth.android.work.Settings;
import dev.deltadepth.android.work.Trial;
import dev.deltadepth.runtime.EmbeddedModel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the app does on this very phone: which model on what, and the figures that were asked for.
 */
public final class AboutActivity extends Activity {
  private final Runnable changed = this::show;

  @Override
  protected void attachBaseContext(Context base) {
    super.attachBaseContext(Appearance.themed(base));
  }

  @Override
  protected void onCreate(@Nullable Bundle saved) {
    super.onCreate(saved);
    setContentView(R.layout.about);
    Insets.pad(findViewById(R.id.root));
    findViewById(R.id.close).setOnClickListener(view -> finish());
    findViewById(R.id.model_float).setOnClickListener(view -> use(EmbeddedModel.FLOAT));
    findViewById(R.id.model_int8).setOnClickListener(view -> use(EmbeddedModel.INT8));
    findViewById(R.id.measure).setOnClickListener(view -> measuring().begin());
    findViewById(R.id.share).setOnClickListener(view -> share());
  }

  @Override
  protected void onResume() {
    super.onResume();
    measuring().listen(changed);
    show();
  }

  @Override
  protected void onPause() {
    super.onPause();
    measuring().listen(null);
  }

  private Measuring measuring() {
    return ((DeltaApplication) getApplication()).measuring();
  }

  private void use(EmbeddedModel model) {
    measuring().use(model);
  }

  private void show() {
    Settings settings = new Settings(this);
    findViewById(R.id.model_float).setSelected(settings.model() == EmbeddedModel.FLOAT);
    findViewById(R.id.model_int8).setSelected(settings.model() == EmbeddedModel.INT8);
    boolean running = measuring().isRunning();
    View measure = findViewById(R.id.measure);
    measure.setEnabled(!running);
    measure.setAlpha(running ? 0.45f : 1);
    findViewById(R.id.measuring).setVisibility(running ? View.VISIBLE : View.GONE);
    LinearLayout engines = findViewById(R.id.engines);
    engines.removeAllViews();
    for (Trial trial : settings.trials()) {
      String name = EngineName.of(getResources(), trial.engine());
      add(engines, name, outcome(trial), trial.engine().equals(settings.engine()));
    }
    if (settings.trials().isEmpty()) {
      add(
          engines,
          EngineName.of(getResources(), settings.engine()),
          getString(R.string.not_yet),
          true);
    }
    LinearLayout figures = findViewById(R.id.figures);
    figures.removeAllViews();
    for (Figures.Row row : Figures.of(this)) {
      add(figures, row.name(), row.value(), false);
    }
  }

  private String outcome(Trial trial) {
    return switch (trial.outcome()) {
      case RIGHT ->
          getString(
              R.string.timing, String.format(Locale.getDefault(), "%.1f", trial.milliseconds()));
      case WRONG -> getString(R.string.engine_wrong);
      case FAILED -> getString(R.string.engine_failed);
      case MISSING -> getString(R.string.engine_missing);
    };
  }

  private void add(LinearLayout to, String name, String value, boolean chosen) {
    View row = getLayoutInflater().inflate(R.layout.figure, to, false);
    TextView left = row.findViewById(R.id.figure_name);
    TextView right = row.findViewById(R.id.figure_value);
    left.setText(chosen ? getString(R.string.engine_used, name) : name);
    right.setText(value);
    if (chosen) {
      left.setTypeface(left.getTypeface(), Typeface.BOLD);
      right.setTypeface(right.getTypeface(), Typeface.BOLD);
    }
    to.addView(row);
  }

  /** Opens the system's own chooser: nothing leaves the app before somebody picks from it. */
  private void share() {
    Intent send =
        new Intent(Intent.ACTION_SEND)
            .setType("text/plain")
            .putExtra(Intent.EXTRA_TEXT, Figures.text(this));
    startActivity(Intent.createChooser(send, getString(R.string.figures_share)));
  }
}
