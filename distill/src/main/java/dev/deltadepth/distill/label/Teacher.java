package dev.deltadepth.distill.label;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.distill.data.Window;
import java.util.List;

/** A depth model that labels any image. */
public interface Teacher extends Labeller {

  /** Both sides of its input are multiples of this. */
  int multiple();

  /** The shorter side in pixels for which its layout is best. */
  int nativeSize();

  /**
   * Labels a batch.
   *
   * @param rgb [N, 3, H, W], RGB in [0, 1]
   */
  Labels label(float[] rgb, int batch, int height, int width);

  @Override
  default InputSize nativeSize(int width, int height) {
    return InputSize.of(width, height, nativeSize(), multiple());
  }

  @Override
  default InputSize sizeFor(int width, int height) {
    int shorter = Math.max(nativeSize(), Math.min(width, height));
    return InputSize.of(width, height, shorter, multiple());
  }

  @Override
  default Labels label(List<Window> windows, int height, int width) {
    return label(Window.draw(windows, height, width), windows.size(), height, width);
  }
}
