package dev.deltadepth.android.view;

import android.content.Context;
import android.graphics.Canvas;
import android.graphics.Paint;
import android.view.View;
import android.view.accessibility.AccessibilityNodeInfo;
import android.widget.RadioButton;
import dev.deltadepth.android.R;
import dev.deltadepth.core.Colormap;

/** A button with a colour map on it; a ring says that it is the chosen one. */
public final class SwatchView extends View {
  private static final float CORNER = 10;

  private final Paint paint = new Paint(Paint.ANTI_ALIAS_FLAG);
  private final Paint ring = new Paint(Paint.ANTI_ALIAS_FLAG);
  private final float density = getResources().getDisplayMetrics().density;
  private final Colormap colours;

  /** A button for a map. */
  public SwatchView(Context context, Colormap colours) {
    super(context);
    this.colours = colours;
    ring.setStyle(Paint.Style.STROKE);
    ring.setStrokeWidth(2.5f * density);
    ring.setColor(context.getColor(R.color.accent));
    setContentDescription(colours.name());
    setFocusable(true);
    setClickable(true);
  }

  /** The colours on it. */
  public Colormap colours() {
    return colours;
  }

  @Override
  protected void onDraw(Canvas canvas) {
    float gap = 4 * density;
    float corner = CORNER * density;
    paint.setShader(ScaleView.stretched(Colours.scale(colours, false), getWidth()));
    canvas.drawRoundRect(gap, gap, getWidth() - gap, getHeight() - gap, corner, corner, paint);
    if (isSelected() || isFocused()) {
      float edge = 1.5f * density;
      canvas.drawRoundRect(
          edge, edge, getWidth() - edge, getHeight() - edge, corner + edge, corner + edge, ring);
    }
  }

  @Override
  public CharSequence getAccessibilityClassName() {
    return RadioButton.class.getName();
  }

  @Override
  public void onInitializeAccessibilityNodeInfo(AccessibilityNodeInfo info) {
    super.onInitializeAccessibilityNodeInfo(info);
    info.setCheckable(true);
    info.setChecked(isSelected());
  }
}
