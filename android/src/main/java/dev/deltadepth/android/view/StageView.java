package dev.deltadepth.android.view;

import android.content.Context;
import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.os.Bundle;
import android.util.AttributeSet;
import android.view.KeyEvent;
import android.view.MotionEvent;
import android.view.View;
import android.view.accessibility.AccessibilityNodeInfo;
import android.widget.SeekBar;
import dev.deltadepth.core.view.Viewport;
import org.jspecify.annotations.Nullable;

/**
 * A photo and its map: under a divider, or side by side; zoomed together. A tap reads a point.
 *
 * <p>Left stays left in every language: it is the photo's.
 */
public final class StageView extends View {
  /** What a tap on a point is told to. */
  public interface Reader {
    /** A point of the photo, both coordinates in 0..1. */
    void read(double x, double y);
  }

  private static final double STEP = 0.1;
  private static final double SMALL_STEP = 0.02;
  private static final String DIVIDER = "divider";
  private static final String ZOOM = "zoom";
  private static final String CENTRE_X = "centre-x";
  private static final String CENTRE_Y = "centre-y";

  private final Viewport viewport = new Viewport();
  private final StagePainter painter;
  private final StageTouch touch;
  private @Nullable Bitmap photo;
  private @Nullable Bitmap map;
  private @Nullable Bitmap cover;
  private @Nullable Reader reader;
  private @Nullable Bundle restored;
  private boolean side;
  private double divider = 0.5;
  private double pointX = Double.NaN;
  private double pointY = Double.NaN;

  /** Made by the layout. */
  public StageView(Context context, AttributeSet attributes) {
    super(context, attributes);
    painter = new StagePainter(context);
    touch = new StageTouch(context, this);
  }

  /** Sets who is told about taps. */
  public void onRead(Reader told) {
    reader = told;
  }

  /** Shows a photo, as a whole, without a map. */
  public void show(Bitmap picture) {
    if (picture == photo) {
      return;
    }
    photo = picture;
    map = null;
    cover = null;
    pointX = Double.NaN;
    viewport.image(picture.getWidth(), picture.getHeight());
    zoomAsBefore();
    invalidate();
  }

  /** Shows the photo's map, of any size. */
  public void map(Bitmap coloured) {
    map = coloured;
    invalidate();
  }

  /** Shows a picture of the photo's shape, and of any size, in place of both; null for none. */
  public void cover(@Nullable Bitmap picture) {
    boolean other = (cover == null) != (picture == null);
    cover = picture;
    if (other) {
      fit();
    }
    invalidate();
  }

  /** Whether a picture lies in place of photo and map. */
  public boolean isCovered() {
    return cover != null;
  }

  /** Shows the next frame and its map; zoom and divider stay where its size does. */
  public void frame(Bitmap picture, Bitmap coloured) {
    Bitmap before = photo;
    photo = picture;
    map = coloured;
    if (before == null
        || before.getWidth() != picture.getWidth()
        || before.getHeight() != picture.getHeight()) {
      viewport.image(picture.getWidth(), picture.getHeight());
    }
    invalidate();
  }

  /** Puts photo and map side by side, or under a divider. */
  public void sideBySide(boolean beside) {
    side = beside;
    fit();
  }

  /** Moves the divider: 0 is the left edge, 1 the right one. */
  public void divide(double part) {
    divider = Math.max(0, Math.min(1, part));
    invalidate();
  }

  double divider() {
    return divider;
  }

  boolean hasDivider() {
    return !side && map != null && cover == null;
  }

  Viewport viewport() {
    return viewport;
  }

  /** Marks a point of the photo and tells the reader. */
  public void read(double x, double y) {
    Reader told = reader;
    if (map == null || photo == null || told == null) {
      return;
    }
    pointX = Math.max(0, Math.min(1, x));
    pointY = Math.max(0, Math.min(1, y));
    told.read(pointX, pointY);
    invalidate();
  }

  /** Reads the point of the photo under a point of this view. */
  void readAt(float x, float y) {
    Bitmap picture = photo;
    if (picture != null) {
      double column = viewport.imageX(inPaneX(x)) / picture.getWidth();
      double row = viewport.imageY(inPaneY(y)) / picture.getHeight();
      if (column >= 0 && column <= 1 && row >= 0 && row <= 1) {
        read(column, row);
      }
    }
  }

  /** A point of this view in its pane: both panes show the same. */
  double inPaneX(double x) {
    return isWide() && isSplit() && x >= paneWidth() ? x - paneWidth() : x;
  }

  double inPaneY(double y) {
    return !isWide() && isSplit() && y >= paneHeight() ? y - paneHeight() : y;
  }

  private boolean isSplit() {
    return side && cover == null;
  }

  private boolean isWide() {
    return getWidth() > getHeight();
  }

  private double paneWidth() {
    return isSplit() && isWide() ? getWidth() / 2.0 : getWidth();
  }

  private double paneHeight() {
    return isSplit() && !isWide() ? getHeight() / 2.0 : getHeight();
  }

  private void fit() {
    viewport.pane(paneWidth(), paneHeight());
    invalidate();
  }

  @Override
  protected void onSizeChanged(int width, int height, int oldWidth, int oldHeight) {
    super.onSizeChanged(width, height, oldWidth, oldHeight);
    fit();
    zoomAsBefore();
  }

  @Override
  protected void onDraw(Canvas canvas) {
    Bitmap picture = photo;
    if (picture == null) {
      return;
    }
    painter.paint(
        canvas,
        new StagePainter.Scene(
            picture,
            map,
            cover,
            viewport,
            side,
            isWide(),
            divider,
            pointX * picture.getWidth(),
            pointY * picture.getHeight()),
        getWidth(),
        getHeight());
  }

  @Override
  public boolean onTouchEvent(MotionEvent event) {
    return photo != null && touch.touched(event);
  }

  @Override
  public boolean performClick() {
    super.performClick();
    return true;
  }

  @Override
  public boolean onKeyDown(int key, KeyEvent event) {
    double x = Double.isNaN(pointX) ? 0.5 : pointX;
    double y = Double.isNaN(pointY) ? 0.5 : pointY;
    switch (key) {
      case KeyEvent.KEYCODE_DPAD_LEFT -> read(x - SMALL_STEP, y);
      case KeyEvent.KEYCODE_DPAD_RIGHT -> read(x + SMALL_STEP, y);
      case KeyEvent.KEYCODE_DPAD_UP -> read(x, y - SMALL_STEP);
      case KeyEvent.KEYCODE_DPAD_DOWN -> read(x, y + SMALL_STEP);
      default -> {
        return super.onKeyDown(key, event);
      }
    }
    return true;
  }

  @Override
  public CharSequence getAccessibilityClassName() {
    return SeekBar.class.getName();
  }

  @Override
  public void onInitializeAccessibilityNodeInfo(AccessibilityNodeInfo info) {
    super.onInitializeAccessibilityNodeInfo(info);
    if (hasDivider()) {
      info.setRangeInfo(
          AccessibilityNodeInfo.RangeInfo.obtain(
              AccessibilityNodeInfo.RangeInfo.RANGE_TYPE_PERCENT, 0, 100, (float) (100 * divider)));
      info.addAction(AccessibilityNodeInfo.AccessibilityAction.ACTION_SCROLL_FORWARD);
      info.addAction(AccessibilityNodeInfo.AccessibilityAction.ACTION_SCROLL_BACKWARD);
    }
  }

  @Override
  public boolean performAccessibilityAction(int action, @Nullable Bundle arguments) {
    if (hasDivider() && action == AccessibilityNodeInfo.ACTION_SCROLL_FORWARD) {
      divide(divider + STEP);
      return true;
    }
    if (hasDivider() && action == AccessibilityNodeInfo.ACTION_SCROLL_BACKWARD) {
      divide(divider - STEP);
      return true;
    }
    return super.performAccessibilityAction(action, arguments);
  }

  /** What a turned phone or a new process needs to show the same part. */
  public Bundle kept() {
    Bundle kept = new Bundle();
    kept.putDouble(DIVIDER, divider);
    Bitmap picture = photo;
    if (picture != null) {
      kept.putDouble(ZOOM, viewport.zoom());
      kept.putDouble(CENTRE_X, viewport.imageX(paneWidth() / 2) / picture.getWidth());
      kept.putDouble(CENTRE_Y, viewport.imageY(paneHeight() / 2) / picture.getHeight());
    }
    return kept;
  }

  /** Shows again what {@link #kept} kept, as soon as the photo is there. */
  public void restore(Bundle kept) {
    restored = kept;
    divide(kept.getDouble(DIVIDER, 0.5));
  }

  private void zoomAsBefore() {
    Bundle before = restored;
    if (before != null && photo != null && getWidth() > 0) {
      restored = null;
      viewport.zoomTo(
          before.getDouble(ZOOM, 1),
          before.getDouble(CENTRE_X, 0.5),
          before.getDouble(CENTRE_Y, 0.5));
      invalidate();
    }
  }
}
