package dev.deltadepth.android;

import android.app.Activity;
import android.graphics.Bitmap;
import android.graphics.Rect;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.view.View;
import android.widget.SeekBar;
import android.widget.TextView;
import dev.deltadepth.android.view.Colours;
import dev.deltadepth.android.view.StageView;
import dev.deltadepth.android.work.ClipLoop;
import dev.deltadepth.android.work.Clips;
import dev.deltadepth.android.work.DepthWork;
import dev.deltadepth.android.work.Effect;
import dev.deltadepth.android.work.Estimate;
import dev.deltadepth.android.work.Medium;
import dev.deltadepth.android.work.Photo;
import dev.deltadepth.android.work.Problem;
import dev.deltadepth.android.work.WorkState;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.PngEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What else a photo and its map make: other pictures on the stage and as files, and metres. */
final class ToolPanel {
  /** Of the picture on the stage: quick enough to follow a finger. */
  private static final double SHOWN_PIXELS = 5e5;

  /** Of the file: what two eyes need fits into a phone's memory. */
  private static final double SAVED_PIXELS = 6e6;

  /** Of a clip, which every phone can encode. */
  private static final double CLIP_PIXELS = 9e5;

  private static final int USUAL = 50;
  private static final int WIGGLE_MILLIS = 150;
  private static final int WIGGLES = 12;
  private static final String TOOL = "tool";
  private static final String AMOUNT = "amount";
  private static final String FOCUS_X = "focus-x";
  private static final String FOCUS_Y = "focus-y";
  private static final String METRES = "metres";

  /** What is in use, and its button. */
  private enum Tool {
    NONE(0, 0),
    BLUR(R.id.tool_blur, R.string.hint_blur),
    GLASSES(R.id.tool_glasses, R.string.hint_glasses),
    WIGGLE(R.id.tool_wiggle, R.string.hint_wiggle),
    METRES(R.id.tool_metres, R.string.metres_first);

    private final int button;
    private final int hint;

    Tool(int button, int hint) {
      this.button = button;
      this.hint = hint;
    }

    @Nullable Effect effect() {
      return switch (this) {
        case BLUR -> Effect.BLUR;
        case GLASSES -> Effect.GLASSES;
        case WIGGLE -> Effect.WIGGLE;
        case NONE, METRES -> null;
      };
    }
  }

  private final Activity screen;
  private final StageView stage;
  private final Saving saving;
  private final Consumer<Problem> tell;
  private final MetresTool metres;
  private final Handler clock = new Handler(Looper.getMainLooper());
  private @Nullable Photo photo;
  private @Nullable Estimate estimate;
  private @Nullable Bundle kept;
  private Tool tool = Tool.NONE;
  private double x = Double.NaN;
  private double y = Double.NaN;
  private boolean busy;
  private boolean again;

  ToolPanel(
      Activity screen,
      StageView stage,
      Saving saving,
      Consumer<Problem> tell,
      Runnable readingChanged) {
    this.screen = screen;
    this.stage = stage;
    this.saving = saving;
    this.tell = tell;
    metres = new MetresTool(screen, readingChanged);
    for (Tool one : Tool.values()) {
      if (one != Tool.NONE) {
        screen
            .findViewById(one.button)
            .setOnClickListener(view -> choose(tool == one ? Tool.NONE : one));
      }
    }
    screen.findViewById(R.id.tool_save).setOnClickListener(view -> save());
    amount()
        .setOnSeekBarChangeListener(
            new SeekBar.OnSeekBarChangeListener() {
              @Override
              public void onProgressChanged(SeekBar bar, int progress, boolean byUser) {
                make();
              }

              @Override
              public void onStartTrackingTouch(SeekBar bar) {}

              @Override
              public void onStopTrackingTouch(SeekBar bar) {}
            });
  }

  private SeekBar amount() {
    return screen.findViewById(R.id.tool_amount);
  }

  private double strength() {
    return amount().getProgress() / 100.0;
  }

  void show(WorkState state) {
    boolean same = Objects.equals(photo, state.photo());
    photo = state.photo();
    estimate = state.estimate();
    boolean usable = estimate != null;
    for (Tool one : Tool.values()) {
      if (one != Tool.NONE) {
        View button = screen.findViewById(one.button);
        button.setEnabled(usable);
        button.setAlpha(usable ? 1 : 0.45f);
      }
    }
    if (!same || !usable) {
      x = Double.NaN;
      choose(Tool.NONE);
    }
    Bundle before = kept;
    Estimate known = estimate;
    if (known != null && before != null) {
      kept = null;
      x = before.getDouble(FOCUS_X, Double.NaN);
      y = before.getDouble(FOCUS_Y, Double.NaN);
      Tool was = Tool.valueOf(before.getString(TOOL, Tool.NONE.name()));
      choose(was);
      amount().setProgress(before.getInt(AMOUNT, USUAL));
      Bundle points = before.getBundle(METRES);
      if (was == Tool.METRES && points != null) {
        metres.restore(points, known.shown());
      }
    }
  }

  void keep(Bundle out) {
    Bundle points = new Bundle();
    metres.keep(points);
    out.putString(TOOL, tool.name());
    out.putInt(AMOUNT, amount().getProgress());
    out.putDouble(FOCUS_X, x);
    out.putDouble(FOCUS_Y, y);
    out.putBundle(METRES, points);
  }

  /** Goes on where it was, once the photo is there again. */
  void restore(Bundle before) {
    kept = before;
  }

  /** Ends what moves by itself. */
  void pause() {
    clock.removeCallbacksAndMessages(null);
  }

  void resume() {
    make();
  }

  private void choose(Tool chosen) {
    tool = chosen;
    for (Tool one : Tool.values()) {
      if (one != Tool.NONE) {
        screen.findViewById(one.button).setSelected(one == chosen);
      }
    }
    boolean draws = chosen.effect() != null;
    boolean measures = chosen == Tool.METRES;
    show(R.id.tool_box, chosen != Tool.NONE);
    show(R.id.tool_amount, draws);
    show(R.id.tool_save, draws);
    show(R.id.metres_ways, measures);
    show(R.id.metres_form, false);
    show(R.id.metres_again, false);
    clock.removeCallbacksAndMessages(null);
    if (!draws) {
      stage.cover(null);
    }
    if (chosen != Tool.NONE) {
      TextView hint = screen.findViewById(R.id.tool_hint);
      hint.setText(chosen.hint);
      TextView save = screen.findViewById(R.id.tool_save);
      save.setText(chosen == Tool.WIGGLE ? R.string.save_clip : R.string.save_picture);
      View box = screen.findViewById(R.id.tool_box);
      box.post(() -> box.requestRectangleOnScreen(new Rect(0, 0, box.getWidth(), box.getHeight())));
    }
    Estimate known = estimate;
    if (draws) {
      amount().setProgress(USUAL);
      make();
    } else if (measures && known != null) {
      metres.open(known.shown());
    }
  }

  private void show(int id, boolean seen) {
    screen.findViewById(id).setVisibility(seen ? View.VISIBLE : View.GONE);
  }

  /** Takes a point of the photo, both coordinates in 0..1. */
  void touch(double toX, double toY) {
    if (tool == Tool.BLUR) {
      x = toX;
      y = toY;
      make();
    } else if (tool == Tool.METRES) {
      metres.touch(toX, toY);
    }
  }

  /** What the last point says in metres; null if only the map says something. */
  MetresTool.@Nullable Reading reading() {
    return tool == Tool.METRES ? metres.reading() : null;
  }

  /** Makes the picture of the stage; of the wishes that come meanwhile the last one counts. */
  private void make() {
    Effect effect = tool.effect();
    Photo of = photo;
    Estimate about = estimate;
    if (effect == null || of == null || about == null) {
      return;
    }
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    double atX = x;
    double atY = y;
    double strength = strength();
    work()
        .later(
            () -> {
              List<Bitmap> made = new ArrayList<>();
              for (RgbImage picture :
                  effect.pictures(of, about, SHOWN_PIXELS, atX, atY, strength)) {
                made.add(Colours.of(picture));
              }
              return made;
            },
            made -> {
              busy = false;
              if (tool.effect() == effect && of.equals(photo)) {
                clock.removeCallbacksAndMessages(null);
                play(made, 0);
              }
              next();
            },
            problem -> {
              busy = false;
              tell.accept(problem);
              next();
            });
  }

  private void next() {
    if (again) {
      make();
    }
  }

  private void play(List<Bitmap> pictures, int number) {
    stage.cover(pictures.get(number));
    if (pictures.size() > 1) {
      clock.postDelayed(() -> play(pictures, (number + 1) % pictures.size()), WIGGLE_MILLIS);
    }
  }

  private void save() {
    Effect effect = tool.effect();
    Photo of = photo;
    Estimate about = estimate;
    if (effect == null || of == null || about == null) {
      return;
    }
    double atX = x;
    double atY = y;
    double strength = strength();
    if (effect == Effect.WIGGLE) {
      Clips clips = ((DeltaApplication) screen.getApplication()).clips();
      saving.save(
          effect.suffix(),
          Medium.CLIP,
          file ->
              ClipLoop.write(
                  clips,
                  file,
                  effect.pictures(of, about, CLIP_PIXELS, atX, atY, strength),
                  WIGGLES,
                  WIGGLE_MILLIS));
    } else {
      saving.save(
          effect.suffix(),
          Medium.PICTURE,
          Saving.content(
              () ->
                  PngEncoder.rgb(
                      effect.pictures(of, about, SAVED_PIXELS, atX, atY, strength).get(0))));
    }
  }

  private DepthWork work() {
    return ((DeltaApplication) screen.getApplication()).work();
  }
}
