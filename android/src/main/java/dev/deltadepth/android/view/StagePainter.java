package dev.deltadepth.android.view;

import android.content.Context;
import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.graphics.Matrix;
import android.graphics.Paint;
import android.graphics.Path;
import android.util.DisplayMetrics;
import android.util.TypedValue;
import dev.deltadepth.android.R;
import dev.deltadepth.core.view.Viewport;
import org.jspecify.annotations.Nullable;

/** Draws the stage. */
final class StagePainter {
  /**
   * What is drawn.
   *
   * @param photo whose pixels the viewport and the point count in
   * @param map of any size, or nothing yet
   * @param cover a picture in place of both, or nothing
   * @param side whether they lie side by side
   * @param wide whether side by side means left and right, not above and below
   * @param divider where it stands, 0..1
   * @param pointX column that was read; NaN for none
   * @param pointY row that was read
   */
  record Scene(
      Bitmap photo,
      @Nullable Bitmap map,
      @Nullable Bitmap cover,
      Viewport viewport,
      boolean side,
      boolean wide,
      double divider,
      double pointX,
      double pointY) {}

  private static final int WHITE = 0xffffffff;
  private static final int SHADE = 0x73000000;
  private static final float KNOB = 20;

  private final Paint bitmaps = new Paint(Paint.FILTER_BITMAP_FLAG | Paint.ANTI_ALIAS_FLAG);
  private final Paint fill = new Paint(Paint.ANTI_ALIAS_FLAG);
  private final Paint stroke = new Paint(Paint.ANTI_ALIAS_FLAG);
  private final Paint words = new Paint(Paint.ANTI_ALIAS_FLAG);
  private final Matrix matrix = new Matrix();
  private final Path arrows = new Path();
  private final String photoWord;
  private final String depthWord;
  private final int tag;
  private final int knob;
  private final float density;

  StagePainter(Context context) {
    DisplayMetrics metrics = context.getResources().getDisplayMetrics();
    density = metrics.density;
    photoWord = context.getString(R.string.photo);
    depthWord = context.getString(R.string.depth);
    tag = context.getColor(R.color.tag);
    knob = context.getColor(R.color.knob);
    words.setColor(WHITE);
    words.setTextSize(TypedValue.applyDimension(TypedValue.COMPLEX_UNIT_SP, 13, metrics));
    stroke.setStyle(Paint.Style.STROKE);
    stroke.setStrokeCap(Paint.Cap.ROUND);
    stroke.setStrokeJoin(Paint.Join.ROUND);
  }

  void paint(Canvas canvas, Scene scene, int width, int height) {
    Bitmap map = scene.map();
    Bitmap cover = scene.cover();
    if (cover != null) {
      picture(canvas, scene, cover);
    } else if (map == null) {
      picture(canvas, scene, scene.photo());
    } else if (!scene.side()) {
      float x = (float) (scene.divider() * width);
      pane(canvas, scene, scene.photo(), 0, 0, x, height, false);
      pane(canvas, scene, map, x, 0, width, height, false);
      divider(canvas, x, height);
      tags(canvas, width, height);
    } else if (scene.wide()) {
      pane(canvas, scene, scene.photo(), 0, 0, width / 2f, height, true);
      pane(canvas, scene, map, width / 2f, 0, width, height, true);
      tags(canvas, width, height);
    } else {
      pane(canvas, scene, scene.photo(), 0, 0, width, height / 2f, true);
      pane(canvas, scene, map, 0, height / 2f, width, height, true);
      tag(canvas, photoWord, edge(), height / 2f - edge(), false);
      tag(canvas, depthWord, edge(), height - edge(), false);
    }
  }

  /** Draws a part of the stage; each of two panes has an origin of its own. */
  private void pane(
      Canvas canvas,
      Scene scene,
      Bitmap bitmap,
      float left,
      float top,
      float right,
      float bottom,
      boolean own) {
    canvas.save();
    canvas.clipRect(left, top, right, bottom);
    if (own) {
      canvas.translate(left, top);
    }
    picture(canvas, scene, bitmap);
    cross(canvas, scene);
    canvas.restore();
  }

  private void picture(Canvas canvas, Scene scene, Bitmap bitmap) {
    Viewport viewport = scene.viewport();
    float across = (float) (viewport.scale() * scene.photo().getWidth() / bitmap.getWidth());
    float down = (float) (viewport.scale() * scene.photo().getHeight() / bitmap.getHeight());
    matrix.setScale(across, down);
    matrix.postTranslate((float) viewport.left(), (float) viewport.top());
    canvas.drawBitmap(bitmap, matrix, bitmaps);
  }

  private void cross(Canvas canvas, Scene scene) {
    if (Double.isNaN(scene.pointX())) {
      return;
    }
    Viewport viewport = scene.viewport();
    float x = (float) (viewport.left() + scene.pointX() * viewport.scale());
    float y = (float) (viewport.top() + scene.pointY() * viewport.scale());
    float radius = 9 * density;
    stroke.setColor(SHADE);
    stroke.setStrokeWidth(4 * density);
    canvas.drawCircle(x, y, radius, stroke);
    stroke.setColor(WHITE);
    stroke.setStrokeWidth(2 * density);
    canvas.drawCircle(x, y, radius, stroke);
    fill.setColor(WHITE);
    canvas.drawCircle(x, y, 1.5f * density, fill);
  }

  private void divider(Canvas canvas, float x, int height) {
    float radius = KNOB * density;
    float middle = height / 2f;
    fill.setColor(SHADE);
    canvas.drawRect(x - 2 * density, 0, x + 2 * density, height, fill);
    fill.setColor(WHITE);
    canvas.drawRect(x - density, 0, x + density, height, fill);
    fill.setColor(SHADE);
    canvas.drawCircle(x, middle + density, radius + density, fill);
    fill.setColor(WHITE);
    canvas.drawCircle(x, middle, radius, fill);
    float tip = 12 * density;
    float back = 5 * density;
    float wing = 6 * density;
    arrows.rewind();
    for (int sign = -1; sign <= 1; sign += 2) {
      arrows.moveTo(x + sign * (tip - wing), middle - wing);
      arrows.lineTo(x + sign * tip, middle);
      arrows.lineTo(x + sign * (tip - wing), middle + wing);
    }
    stroke.setColor(knob);
    stroke.setStrokeWidth(back * 0.4f);
    canvas.drawPath(arrows, stroke);
  }

  private float edge() {
    return 12 * density;
  }

  private void tags(Canvas canvas, float right, float bottom) {
    tag(canvas, photoWord, edge(), bottom - edge(), false);
    tag(canvas, depthWord, right - edge(), bottom - edge(), true);
  }

  private void tag(Canvas canvas, String word, float x, float bottom, boolean toTheLeft) {
    float side = 10 * density;
    float width = words.measureText(word) + 2 * side;
    float height = words.getTextSize() * 1.7f;
    float left = toTheLeft ? x - width : x;
    fill.setColor(tag);
    canvas.drawRoundRect(left, bottom - height, left + width, bottom, height / 2, height / 2, fill);
    canvas.drawText(word, left + side, bottom - height * 0.32f, words);
  }
}
