package dev.deltadepth.android;

import android.app.Activity;
import android.content.ClipData;
import android.content.Context;
import android.content.Intent;
import android.os.Bundle;
import android.text.Html;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import android.widget.TextView;
import dev.deltadepth.android.view.Colours;
import dev.deltadepth.android.view.ScaleView;
import dev.deltadepth.android.view.StageView;
import dev.deltadepth.android.view.SwatchView;
import dev.deltadepth.android.work.DepthWork;
import dev.deltadepth.android.work.Estimate;
import dev.deltadepth.android.work.Medium;
import dev.deltadepth.android.work.Output;
import dev.deltadepth.android.work.Photo;
import dev.deltadepth.android.work.Problem;
import dev.deltadepth.android.work.SharedFiles;
import dev.deltadepth.android.work.WorkState;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What lies beside the stage: the reading, colours, views, and what can be saved. */
final class ResultPanel {
  private static final String READ_X = "read-x";
  private static final String READ_Y = "read-y";
  private static final String TOOLS = "tools";

  private final Activity screen;
  private final StageView stage;
  private final Consumer<Problem> tell;
  private final Appearance appearance;
  private final Saving saving;
  private final ToolPanel tools;
  private final ScaleView scale;
  private final LinearLayout swatches;
  private Colormap colours;
  private @Nullable Photo photo;
  private @Nullable Estimate estimate;
  private double readX = Double.NaN;
  private double readY = Double.NaN;

  ResultPanel(Activity screen, StageView stage, Consumer<Problem> tell) {
    this.screen = screen;
    this.stage = stage;
    saving = new Saving(screen, tell);
    tools = new ToolPanel(screen, stage, saving, tell, this::showReading);
    this.tell = tell;
    appearance = new Appearance(screen);
    colours = appearance.colours();
    scale = screen.findViewById(R.id.scale);
    swatches = screen.findViewById(R.id.colours);
    for (String name : Colormap.names()) {
      SwatchView swatch = new SwatchView(screen, Colormap.named(name));
      swatch.setOnClickListener(view -> colour(swatch.colours()));
      swatches.addView(
          swatch, new LinearLayout.LayoutParams(0, LinearLayout.LayoutParams.MATCH_PARENT, 1));
    }
    stage.onRead(this::read);
    on(R.id.view_divider, () -> sideBySide(false));
    on(R.id.view_side, () -> sideBySide(true));
    on(R.id.save_colour, () -> save(Output.COLOUR));
    on(R.id.save_grey, () -> save(Output.GREY));
    on(R.id.save_side, () -> save(Output.SIDE));
    on(R.id.share, this::share);
    sideBySide(appearance.sideBySide());
    colour(colours);
  }

  private void on(int id, Runnable action) {
    screen.findViewById(id).setOnClickListener(view -> action.run());
  }

  /** Keeps what is needed to show the same again. */
  void keep(Bundle out) {
    out.putDouble(READ_X, readX);
    out.putDouble(READ_Y, readY);
    Bundle used = new Bundle();
    tools.keep(used);
    out.putBundle(TOOLS, used);
  }

  void restore(Bundle kept) {
    readX = kept.getDouble(READ_X, Double.NaN);
    readY = kept.getDouble(READ_Y, Double.NaN);
    Bundle used = kept.getBundle(TOOLS);
    if (used != null) {
      tools.restore(used);
    }
  }

  /** Takes where the user wants the file that was made. */
  void placed(@Nullable Intent answer) {
    saving.answered(answer);
  }

  /** Ends what moves by itself. */
  void pause() {
    tools.pause();
  }

  void resume() {
    tools.resume();
  }

  void show(WorkState state) {
    Photo before = photo;
    photo = state.photo();
    estimate = state.estimate();
    Photo shown = photo;
    if (shown != null) {
      stage.show(shown.shown());
    }
    if (before != null && state.step() == WorkState.Step.READING) {
      readX = Double.NaN;
    }
    Estimate known = estimate;
    for (int id : new int[] {R.id.save_colour, R.id.save_grey, R.id.save_side, R.id.share}) {
      View button = screen.findViewById(id);
      button.setEnabled(known != null);
      button.setAlpha(known == null ? 0.45f : 1);
    }
    TextView timing = screen.findViewById(R.id.timing);
    timing.setText("");
    if (known != null) {
      paint();
      String place = EngineName.of(screen.getResources(), known.engine());
      String took =
          screen.getString(
              R.string.timing, String.format(Locale.getDefault(), "%d", known.milliseconds()));
      timing.setText(
          Html.fromHtml(
              "<b>" + took + "</b> " + screen.getString(R.string.on_device, place),
              Html.FROM_HTML_MODE_LEGACY));
    }
    tools.show(state);
    showReading();
    if (known != null && !Double.isNaN(readX)) {
      stage.read(readX, readY);
    }
  }

  private void colour(Colormap chosen) {
    colours = chosen;
    appearance.colours(chosen);
    scale.show(chosen);
    for (int i = 0; i < swatches.getChildCount(); i++) {
      SwatchView swatch = (SwatchView) swatches.getChildAt(i);
      swatch.setSelected(swatch.colours().name().equals(chosen.name()));
      swatch.invalidate();
    }
    paint();
  }

  private void paint() {
    Estimate known = estimate;
    if (known != null) {
      stage.map(Colours.of(known.shown(), known.window(), colours));
    }
  }

  private void sideBySide(boolean side) {
    appearance.sideBySide(side);
    Button divider = screen.findViewById(R.id.view_divider);
    divider.setSelected(!side);
    Button beside = screen.findViewById(R.id.view_side);
    beside.setSelected(side);
    stage.sideBySide(side);
  }

  private void read(double x, double y) {
    readX = x;
    readY = y;
    tools.touch(x, y);
    showReading();
  }

  private void showReading() {
    Estimate known = estimate;
    TextView number = screen.findViewById(R.id.reading);
    TextView text = screen.findViewById(R.id.reading_text);
    boolean hasRead = known != null && !Double.isNaN(readX);
    number.setVisibility(hasRead ? View.VISIBLE : View.GONE);
    text.setText(hasRead ? R.string.reading : R.string.hint);
    if (known == null || Double.isNaN(readX)) {
      scale.mark(Float.NaN);
      return;
    }
    DepthMap map = known.shown();
    int column = (int) Math.min(map.width() - 1, readX * map.width());
    int row = (int) Math.min(map.height() - 1, readY * map.height());
    float part = known.window().apply(map.value(column, row));
    MetresTool.Reading metres = tools.reading();
    number.setText(
        metres == null
            ? String.format(Locale.getDefault(), "%d", Math.round(100 * part))
            : metres.number());
    if (metres != null) {
      text.setText(metres.text());
    }
    scale.mark(part);
  }

  private void save(Output output) {
    Photo known = photo;
    Estimate about = estimate;
    if (known != null && about != null) {
      Colormap chosen = colours;
      saving.save(
          output.suffix(),
          Medium.PICTURE,
          Saving.content(() -> output.bytes(known, about, chosen)));
    }
  }

  private void share() {
    Photo known = photo;
    Estimate about = estimate;
    if (known == null || about == null) {
      return;
    }
    Context context = screen.getApplicationContext();
    String name = Saving.name(Output.COLOUR.suffix(), Medium.PICTURE);
    Colormap chosen = colours;
    work()
        .later(
            () -> SharedFiles.put(context, name, Output.COLOUR.bytes(known, about, chosen)),
            address -> {
              Intent send =
                  new Intent(Intent.ACTION_SEND)
                      .setType("image/png")
                      .putExtra(Intent.EXTRA_STREAM, address)
                      .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION);
              send.setClipData(ClipData.newRawUri("", address));
              screen.startActivity(Intent.createChooser(send, screen.getString(R.string.share)));
            },
            tell);
  }

  private DepthWork work() {
    return ((DeltaApplication) screen.getApplication()).work();
  }
}
