package dev.deltadepth.core.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ViewportTest {

  @Test
  void atFirstTheWholePictureLiesInTheMiddle() {
    Viewport viewport = viewport();
    assertThat(viewport.scale()).isEqualTo(0.5);
    assertThat(viewport.left()).isZero();
    assertThat(viewport.top()).isEqualTo(50);
    assertThat(viewport.isZoomed()).isFalse();
  }

  @Test
  void theEnlargedPointStaysUnderTheFinger() {
    Viewport viewport = viewport();
    double x = viewport.imageX(300);
    double y = viewport.imageY(200);
    viewport.zoomAt(4, 300, 200);
    assertThat(viewport.imageX(300)).isCloseTo(x, within(1e-9));
    assertThat(viewport.imageY(200)).isCloseTo(y, within(1e-9));
  }

  @Test
  void aPanMovesByWhatTheFingerMoved() {
    Viewport viewport = viewport();
    viewport.zoomAt(4, 200, 200);
    double left = viewport.left();
    viewport.pan(-30, 0);
    assertThat(viewport.left()).isCloseTo(left - 30, within(1e-9));
  }

  @Test
  void aPartIsShownAgainInAnotherPane() {
    Viewport viewport = viewport();
    viewport.zoomAt(4, 300, 200);
    double x = viewport.imageX(200);
    double y = viewport.imageY(200);
    Viewport other = new Viewport();
    other.pane(900, 300);
    other.image(800, 600);
    other.zoomTo(viewport.zoom(), x / 800, y / 600);
    assertThat(other.zoom()).isEqualTo(4);
    assertThat(other.imageX(450)).isCloseTo(x, within(1e-9));
    assertThat(other.imageY(150)).isCloseTo(y, within(1e-9));
  }

  @Property
  void thePictureNeverLeavesThePane(
      @ForAll @DoubleRange(min = 0.1, max = 10) double factor,
      @ForAll @DoubleRange(min = 0, max = 400) double x,
      @ForAll @DoubleRange(min = -900, max = 900) double pan) {
    Viewport viewport = viewport();
    viewport.zoomAt(factor, x, 400 - x);
    viewport.pan(pan, -pan);
    assertThat(viewport.scale()).isBetween(0.5, 8.0);
    assertThat(viewport.left()).isLessThanOrEqualTo(1e-6);
    assertThat(viewport.left() + 800 * viewport.scale()).isGreaterThanOrEqualTo(400 - 1e-6);
  }

  /** A picture of 800x600 in a pane of 400x400. */
  private static Viewport viewport() {
    Viewport viewport = new Viewport();
    viewport.pane(400, 400);
    viewport.image(800, 600);
    return viewport;
  }
}
