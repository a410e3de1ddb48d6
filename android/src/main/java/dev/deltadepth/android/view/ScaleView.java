package dev.deltadepth.android.view;

import android.content.Context;
import android.graphics.Bitmap;
import android.graphics.BitmapShader;
import android.graphics.Canvas;
import android.graphics.Matrix;
import android.graphics.Paint;
import android.graphics.Shader;
import android.util.AttributeSet;
import android.view.View;
import dev.deltadepth.core.Colormap;

/** A bar of a map's colours, far to near, with a mark at the value that was read. */
public final class ScaleView extends View {
  private static final float BAR = 12;
  private static final float MARK = 6;

  private final Paint bar = new Paint(Paint.ANTI_ALIAS_FLAG);
  private final Paint mark = new Paint(Paint.ANTI_ALIAS_FLAG);
  private final float density = getResources().getDisplayMetrics().density;
  private Colormap colours = Colormap.named(Colormap.names().get(0));
  private float value = Float.NaN;

  /** Made by the layout. */
  public ScaleView(Context context, AttributeSet attributes) {
    super(context, attributes);
  }

  /** Shows other colours. */
  public void show(Colormap other) {
    colours = other;
    invalidate();
  }

  /** Marks a value in 0..1; NaN takes the mark away. */
  public void mark(float part) {
    value = part;
    invalidate();
  }

  @Override
  protected void onDraw(Canvas canvas) {
    boolean rightToLeft = getLayoutDirection() == LAYOUT_DIRECTION_RTL;
    float middle = getHeight() / 2f;
    float half = BAR / 2 * density;
    bar.setShader(stretched(Colours.scale(colours, rightToLeft), getWidth()));
    canvas.drawRoundRect(0, middle - half, getWidth(), middle + half, half, half, bar);
    if (!Float.isNaN(value)) {
      float width = MARK * density;
      float left = (rightToLeft ? 1 - value : value) * (getWidth() - width);
      mark.setStyle(Paint.Style.FILL);
      mark.setColor(0xffffffff);
      canvas.drawRoundRect(left, 0, left + width, getHeight(), width / 2, width / 2, mark);
      mark.setStyle(Paint.Style.STROKE);
      mark.setStrokeWidth(1.5f * density);
      mark.setColor(0xff1d1a24);
      float inset = 0.75f * density;
      canvas.drawRoundRect(
          left + inset, inset, left + width - inset, getHeight() - inset, width, width, mark);
    }
  }

  /** A row of pixels as a paint over a width. */
  static BitmapShader stretched(Bitmap row, int width) {
    BitmapShader shader = new BitmapShader(row, Shader.TileMode.CLAMP, Shader.TileMode.CLAMP);
    Matrix matrix = new Matrix();
    matrix.setScale((float) width / row.getWidth(), 1);
    shader.setLocalMatrix(matrix);
    return shader;
  }
}
