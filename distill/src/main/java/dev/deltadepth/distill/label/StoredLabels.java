package dev.deltadepth.distill.label;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.data.Window;
import java.util.ArrayList;
import java.util.List;

/** Labels stored earlier, for a teacher too slow to label every crop. */
public final class StoredLabels implements Labeller {

  private final LabelFolder labels;

  private StoredLabels(LabelFolder labels) {
    this.labels = labels;
  }

  /** The labels in a folder. */
  public static StoredLabels of(LabelFolder labels) {
    return new StoredLabels(labels);
  }

  @Override
  public String name() {
    return labels.description().teacher();
  }

  @Override
  public String contentHash() {
    return labels.description().teacherHash();
  }

  @Override
  public List<Feature> features() {
    return labels.description().features();
  }

  @Override
  public InputSize nativeSize(int width, int height) {
    return InputSize.of(width, height, labels.description().shorterSide(), 1);
  }

  /** The same size: labels of crops are drawn from the label of the whole photo. */
  @Override
  public InputSize sizeFor(int width, int height) {
    return new InputSize(width, height);
  }

  @Override
  public Labels label(List<Window> windows, int height, int width) {
    float[] disparity = new float[windows.size() * height * width];
    List<Planes> features = new ArrayList<>();
    for (Feature feature : features()) {
      int rows = Math.max(1, Math.round((float) height / feature.stride()));
      int columns = Math.max(1, Math.round((float) width / feature.stride()));
      float[] data = new float[windows.size() * feature.channels() * rows * columns];
      features.add(new Planes(feature.channels(), rows, columns, data));
    }
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      DepthMap map = labels.map(window.contentHash());
      Planes whole = new Planes(1, map.height(), map.width(), map.data());
      draw(window, whole, disparity, i * height * width, height, width);
      List<Planes> kept = labels.features(window.contentHash());
      for (int f = 0; f < kept.size(); f++) {
        Planes to = features.get(f);
        int offset = i * to.channels() * to.height() * to.width();
        draw(window, kept.get(f), to.data(), offset, to.height(), to.width());
      }
    }
    return new Labels(disparity, features);
  }

  private static void draw(
      Window window, Planes maps, float[] out, int offset, int height, int width) {
    RgbImage photo = window.photo();
    window.crop().draw(maps, photo.width(), photo.height(), out, offset, height, width);
  }

  @Override
  public void close() {}
}
