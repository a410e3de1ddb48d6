package dev.deltadepth.distill;

import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.label.Teacher;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A teacher that needs no model: a pixel is the nearer the lower it lies and the darker its
 * surroundings are. Its feature map is the mean colour of every cell of 8x8 pixels.
 */
public final class PlainTeacher implements Teacher {

  public static final int STRIDE = 8;
  static final int MULTIPLE = 16;

  private final int nativeSize;
  private final float factor;
  private final boolean holes;
  private final AtomicInteger smallestSide = new AtomicInteger(Integer.MAX_VALUE);

  private PlainTeacher(int nativeSize, float factor, boolean holes) {
    this.nativeSize = nativeSize;
    this.factor = factor;
    this.holes = holes;
  }

  public static PlainTeacher withNativeSize(int pixels) {
    return new PlainTeacher(pixels, 5, false);
  }

  /** One whose labels are not numbers. */
  static PlainTeacher broken() {
    return new PlainTeacher(32, Float.NaN, false);
  }

  /** One that knows nothing of the top quarter of a picture. */
  static PlainTeacher withHoles() {
    return new PlainTeacher(32, 5, true);
  }

  /** The smallest side of a picture that it was shown. */
  int smallestSide() {
    return smallestSide.get();
  }

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public String contentHash() {
    return "0f".repeat(32);
  }

  @Override
  public int multiple() {
    return MULTIPLE;
  }

  @Override
  public int nativeSize() {
    return nativeSize;
  }

  @Override
  public List<Feature> features() {
    return List.of(new Feature(STRIDE, 3));
  }

  @Override
  public Labels label(float[] rgb, int batch, int height, int width) {
    smallestSide.accumulateAndGet(Math.min(height, width), Math::min);
    int rows = height / STRIDE;
    int columns = width / STRIDE;
    float[] cells = new float[batch * 3 * rows * columns];
    for (int plane = 0; plane < batch * 3; plane++) {
      for (int y = 0; y < rows * STRIDE; y++) {
        for (int x = 0; x < columns * STRIDE; x++) {
          cells[(plane * rows + y / STRIDE) * columns + x / STRIDE] +=
              rgb[(plane * height + y) * width + x] / (STRIDE * STRIDE);
        }
      }
    }
    float[] disparity = new float[batch * height * width];
    for (int i = 0; i < disparity.length; i++) {
      int n = i / (height * width);
      int y = i / width % height;
      int x = i % width;
      int row = Math.min(y / STRIDE, rows - 1);
      int column = Math.min(x / STRIDE, columns - 1);
      float light = 0;
      for (int c = 0; c < 3; c++) {
        light += cells[((n * 3 + c) * rows + row) * columns + column] / 3;
      }
      disparity[i] = factor * ((float) y / height + 0.5f * (1 - light));
      if (holes && y < height / 4) {
        disparity[i] = Float.NaN;
      }
    }
    return new Labels(disparity, List.of(new Planes(3, rows, columns, cells)));
  }

  @Override
  public void close() {}
}
