package dev.deltadepth.distill.label;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.distill.data.Window;
import java.util.List;
import java.util.stream.IntStream;

/** Another teacher, with stored labels in place of its own for some photos. */
final class InformedTeacher implements Labeller {

  private final Labeller teacher;
  private final StoredLabels known;

  /**
   * @param teacher for all other photos, closed with this one
   * @param known stored labels, used for every window of a photo that has one
   */
  InformedTeacher(Labeller teacher, StoredLabels known) {
    this.teacher = teacher;
    this.known = known;
  }

  @Override
  public String name() {
    return teacher.name() + " and " + known.name();
  }

  @Override
  public String contentHash() {
    return teacher.contentHash();
  }

  /** None: photos with stored labels have no feature maps of the teacher. */
  @Override
  public List<Feature> features() {
    return List.of();
  }

  @Override
  public InputSize nativeSize(int width, int height) {
    return teacher.nativeSize(width, height);
  }

  @Override
  public InputSize sizeFor(int width, int height) {
    return teacher.sizeFor(width, height);
  }

  @Override
  public Labels label(List<Window> windows, int height, int width) {
    float[] disparity = new float[windows.size() * height * width];
    label(known, windows, true, height, width, disparity);
    label(teacher, windows, false, height, width, disparity);
    return new Labels(disparity, List.of());
  }

  private void label(
      Labeller labeller, List<Window> windows, boolean stored, int height, int width, float[] out) {
    int[] chosen =
        IntStream.range(0, windows.size())
            .filter(i -> known.knows(windows.get(i)) == stored)
            .toArray();
    if (chosen.length == 0) {
      return;
    }
    List<Window> part = IntStream.of(chosen).mapToObj(windows::get).toList();
    float[] maps = labeller.label(part, height, width).disparity();
    int pixels = height * width;
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(maps, i * pixels, out, chosen[i] * pixels, pixels);
    }
  }

  @Override
  public void close() {
    teacher.close();
    known.close();
  }
}
