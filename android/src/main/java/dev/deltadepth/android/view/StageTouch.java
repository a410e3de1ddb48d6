package dev.deltadepth.android.view;

import android.content.Context;
import android.view.GestureDetector;
import android.view.MotionEvent;
import android.view.ScaleGestureDetector;

/** Fingers on the stage: the divider, zoom, pan, taps. */
final class StageTouch {
  private static final float REACH = 28;
  private static final double CLOSER = 2.5;

  private final StageView stage;
  private final ScaleGestureDetector pinch;
  private final GestureDetector gestures;
  private final float reach;
  private boolean dividing;

  StageTouch(Context context, StageView stage) {
    this.stage = stage;
    reach = REACH * context.getResources().getDisplayMetrics().density;
    pinch = new ScaleGestureDetector(context, new Pinch());
    gestures = new GestureDetector(context, new Gestures());
  }

  /** Takes an event; the views around must not scroll meanwhile. */
  boolean touched(MotionEvent event) {
    if (event.getActionMasked() == MotionEvent.ACTION_DOWN) {
      stage.getParent().requestDisallowInterceptTouchEvent(true);
      dividing =
          stage.hasDivider() && Math.abs(event.getX() - stage.divider() * stage.getWidth()) < reach;
    }
    if (event.getPointerCount() > 1) {
      dividing = false;
    }
    pinch.onTouchEvent(event);
    if (!pinch.isInProgress()) {
      gestures.onTouchEvent(event);
    }
    return true;
  }

  private final class Pinch extends ScaleGestureDetector.SimpleOnScaleGestureListener {
    @Override
    public boolean onScale(ScaleGestureDetector detector) {
      stage
          .viewport()
          .zoomAt(
              detector.getScaleFactor(),
              stage.inPaneX(detector.getFocusX()),
              stage.inPaneY(detector.getFocusY()));
      stage.invalidate();
      return true;
    }
  }

  private final class Gestures extends GestureDetector.SimpleOnGestureListener {
    @Override
    public boolean onDown(MotionEvent event) {
      return true;
    }

    @Override
    public boolean onScroll(MotionEvent first, MotionEvent now, float distanceX, float distanceY) {
      if (dividing) {
        stage.divide(now.getX() / stage.getWidth());
      } else {
        stage.viewport().pan(-distanceX, -distanceY);
        stage.invalidate();
      }
      return true;
    }

    @Override
    public boolean onSingleTapUp(MotionEvent event) {
      stage.performClick();
      stage.readAt(event.getX(), event.getY());
      return true;
    }

    @Override
    public boolean onDoubleTap(MotionEvent event) {
      if (stage.viewport().isZoomed()) {
        stage.viewport().reset();
      } else {
        stage.viewport().zoomAt(CLOSER, stage.inPaneX(event.getX()), stage.inPaneY(event.getY()));
      }
      stage.invalidate();
      return true;
    }
  }
}
