package dev.deltadepth.android;

import static org.assertj.core.api.Assertions.assertThat;

import android.content.Intent;
import android.graphics.Bitmap;
import android.view.View;
import android.view.ViewGroup;
import android.widget.TextView;
import dev.deltadepth.android.work.Engine;
import dev.deltadepth.android.work.Estimator;
import dev.deltadepth.android.work.Measuring;
import dev.deltadepth.android.work.Sample;
import dev.deltadepth.android.work.Settings;
import dev.deltadepth.android.work.Trial;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.runtime.EmbeddedModel;
import dev.deltadepth.runtime.ModelException;
import dev.deltadepth.runtime.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowActivity;
import org.robolectric.shadows.ShadowLooper;

/** What the network runs on, and what the user is told of it. */
@RunWith(PhoneRunner.class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(
    sdk = {26, 35},
    qualifiers = "w393dp-h851dp-port-xhdpi")
public class AboutTest {
  /** A phone where NNAPI is quickest and wrong, and XNNPACK does not start. */
  private static final class OddPhone extends FixedEstimator {
    private final List<Engine> tried = new ArrayList<>();

    @Override
    public Sample sample(Engine engine, RgbImage picture) {
      tried.add(engine);
      if (engine.provider() == Provider.XNNPACK) {
        throw new ModelException("no");
      }
      DepthMap map = map(picture, SIZE);
      if (engine.provider() == Provider.NNAPI) {
        map.data()[17] += 0.011f;
      } else {
        map.data()[17] += 0.009f * (engine.threads() - 1);
      }
      return new Sample(map, engine.provider() == Provider.NNAPI ? 1 : 40.0 / engine.threads());
    }
  }

  private static List<String> outcomes() {
    return new Settings(Phone.application())
        .trials().stream()
            .map(trial -> trial.engine().provider() + " " + trial.outcome())
            .distinct()
            .collect(Collectors.toList());
  }

  @Test
  public void theQuickestWithTheRightMapIsKept() throws Exception {
    OddPhone phone = new OddPhone();
    Measuring measuring =
        new Measuring(
            Phone.application(), phone, new ArrayList<>(Arrays.asList(Provider.values())));
    measuring.begin();
    assertThat(measuring.isRunning()).isTrue();
    Phone.until(() -> !measuring.isRunning());
    assertThat(outcomes()).containsExactly("CPU RIGHT", "XNNPACK FAILED", "NNAPI WRONG");
    Engine most =
        phone.tried.stream()
            .filter(engine -> engine.provider() == Provider.CPU && engine.threads() <= 2)
            .reduce((one, other) -> other)
            .orElseThrow();
    assertThat(new Settings(Phone.application()).engine()).isEqualTo(most);
    Trial last = new Settings(Phone.application()).trials().get(0);
    assertThat(last.difference()).isZero();
    assertThat(last.milliseconds()).isEqualTo(40);
  }

  @Test
  public void anEngineThatEndedTheProcessIsNotTriedAgain() throws Exception {
    Phone.application()
        .getSharedPreferences("engine", 0)
        .edit()
        .putString("trying", "NNAPI-1")
        .apply();
    OddPhone phone = new OddPhone();
    Measuring measuring =
        new Measuring(
            Phone.application(), phone, new ArrayList<>(Arrays.asList(Provider.values())));
    measuring.begin();
    Phone.until(() -> !measuring.isRunning());
    assertThat(outcomes()).contains("NNAPI FAILED");
    assertThat(phone.tried).extracting(Engine::provider).doesNotContain(Provider.NNAPI);
  }

  @Test
  public void theFirstStartMeasuresOnceWithTheRealNetwork() throws Exception {
    Robolectric.buildActivity(MainActivity.class).setup();
    Measuring measuring = Phone.application().measuring();
    assertThat(measuring.isRunning()).isFalse();
    ShadowLooper.idleMainLooper(3, TimeUnit.SECONDS);
    assertThat(measuring.isRunning()).isTrue();
    Phone.until(() -> !measuring.isRunning());
    assertThat(outcomes()).containsExactly("CPU RIGHT", "XNNPACK MISSING", "NNAPI MISSING");
    Robolectric.buildActivity(MainActivity.class).setup();
    ShadowLooper.idleMainLooper(3, TimeUnit.SECONDS);
    assertThat(measuring.isRunning()).as("only the first").isFalse();
  }

  @Test
  public void bothModelsCanBeChosenAndFiguresAreSharedAsText() throws Exception {
    AboutActivity screen = Robolectric.buildActivity(AboutActivity.class).setup().get();
    assertThat(screen.findViewById(R.id.model_float).isSelected()).isTrue();
    screen.findViewById(R.id.measure).performClick();
    assertThat(Phone.isShown(screen, R.id.measuring)).isTrue();
    Phone.until(() -> !Phone.isShown(screen, R.id.measuring));
    Estimator estimator = Phone.application().estimator();
    DepthMap map = estimator.map(Pictures.street(), 256);
    screen.findViewById(R.id.model_int8).performClick();
    Phone.until(() -> !Phone.application().measuring().isRunning());
    assertThat(new Settings(screen).model()).isEqualTo(EmbeddedModel.INT8);
    assertThat(estimator.map(Pictures.street(), 256)).isNotEqualTo(map);
    new Settings(screen).rate(7.26);
    ViewGroup figures = screen.findViewById(R.id.figures);
    assertThat(figures.getChildCount()).isEqualTo(5);
    ShadowActivity shadow = Shadow.extract(screen);
    assertThat(shadow.peekNextStartedActivity()).as("nothing by itself").isNull();
    screen.findViewById(R.id.share).performClick();
    Intent send = shadow.getNextStartedActivity().getParcelableExtra(Intent.EXTRA_INTENT);
    assertThat(send.getType()).isEqualTo("text/plain");
    assertThat(send.getStringExtra(Intent.EXTRA_TEXT))
        .startsWith("Delta 0.1.0\n")
        .contains("embedded-int8: CPU-")
        .contains("Live depth above 4 per second: 7.3 per second, met")
        .contains("A photo in less than 200 ms: not measured yet")
        .containsPattern("CPU-1: RIGHT, [0-9.]+ ms, 0\\.0000")
        .contains("NNAPI-1: MISSING");
    screen.finish();
  }

  @Test
  @Config(sdk = 35)
  public void figuresOnTheScreen() throws Exception {
    screen("about");
  }

  @Test
  @Config(sdk = 35, qualifiers = "ar-ldrtl-w393dp-h851dp-port-night-xhdpi")
  public void figuresInArabicAtNight() throws Exception {
    screen("about-arabic-night");
  }

  private static void screen(String name) throws Exception {
    OddPhone phone = new OddPhone();
    Measuring measuring =
        new Measuring(
            Phone.application(), phone, new ArrayList<>(Arrays.asList(Provider.values())));
    measuring.begin();
    Phone.until(() -> !measuring.isRunning());
    new Settings(Phone.application()).rate(9.4);
    AboutActivity screen = Robolectric.buildActivity(AboutActivity.class).setup().get();
    Bitmap picture = Phone.picture(screen, name);
    assertThat(picture.getWidth()).isGreaterThan(700);
    ViewGroup engines = screen.findViewById(R.id.engines);
    View first = engines.getChildAt(0);
    TextView value = first.findViewById(R.id.figure_value);
    assertThat(value.getText().toString()).isNotEmpty();
  }
}
