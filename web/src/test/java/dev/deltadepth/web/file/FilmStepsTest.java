package dev.deltadepth.web.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilmStepsTest {

  /** The frames that are found in so many seconds of a film. */
  private static List<Double> found(FilmSteps steps, double rate, double seconds, boolean clipped) {
    List<Double> times = new ArrayList<>();
    while (steps.next() < seconds) {
      int frame = (int) Math.floor(steps.next() * rate + 1e-6);
      double time = clipped ? Math.max(steps.next(), frame / rate) : frame / rate;
      if (steps.see(time, frame)) {
        times.add(time);
      }
    }
    return times;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 10, 15, 23.976, 24, 25, 29.97, 30})
  void everyFrameIsFoundOnceAtItsTime(double rate) {
    FilmSteps steps = new FilmSteps();
    List<Double> times = found(steps, rate, 10, false);
    assertThat((double) times.size()).isCloseTo(10 * rate, Offset.offset(1.0));
    for (int i = 0; i < times.size(); i++) {
      assertThat(times.get(i)).isCloseTo(i / rate, Offset.offset(1e-9));
    }
    assertThat(steps.frames()).isEqualTo(times.size());
    assertThat(steps.time()).isEqualTo(times.get(times.size() - 1));
  }

  /** WebKit of GNOME gives the time of the look where a frame began before it. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 10, 24, 30})
  void withoutTimesOfTheirOwnFramesAreToldApartByWhatTheyShow(double rate) {
    List<Double> times = found(new FilmSteps(), rate, 10, true);
    assertThat((double) times.size()).isCloseTo(10 * rate, Offset.offset(1.0));
    for (int i = 0; i < times.size(); i++) {
      assertThat(times.get(i)).isCloseTo(i / rate, Offset.offset(1.0 / FilmSteps.RATE));
    }
  }

  @Test
  void ofFasterFilmsThirtyASecondAreTaken() {
    assertThat(found(new FilmSteps(), 60, 10, false)).hasSize(300);
    assertThat(found(new FilmSteps(), 50, 10, false)).hasSize(300);
  }

  @Test
  void theNumberOfFramesIsExpectedFromThoseSoFar() {
    FilmSteps steps = new FilmSteps();
    assertThat(steps.expected(10)).isEqualTo(300);
    found(steps, 10, 2, false);
    assertThat(steps.expected(10)).isEqualTo(100);
    assertThat(steps.expected(2)).isEqualTo(20);
    assertThat(steps.expected(0)).isEqualTo(20);
  }
}
