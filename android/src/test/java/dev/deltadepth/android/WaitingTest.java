package dev.deltadepth.android;

import static org.assertj.core.api.Assertions.assertThat;

import android.content.Intent;
import android.net.Uri;
import android.view.View;
import dev.deltadepth.android.work.Engine;
import dev.deltadepth.android.work.Estimate;
import dev.deltadepth.android.work.Estimator;
import dev.deltadepth.android.work.Photo;
import dev.deltadepth.android.work.WorkState;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

/** The screen while a map is being made, with an estimator that waits for the test. */
@RunWith(PhoneRunner.class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(
    sdk = 35,
    qualifiers = "w393dp-h851dp-port-xhdpi",
    application = WaitingTest.WaitingApplication.class)
public class WaitingTest {
  /** The app with an estimator whose answer the test gives. */
  public static final class WaitingApplication extends DeltaApplication {
    private final CompletableFuture<Estimate> answer = new CompletableFuture<>();

    @Override
    protected Estimator newEstimator() {
      return new FixedEstimator() {
        @Override
        public Estimate estimate(Photo photo) {
          try {
            return answer.join();
          } catch (CompletionException e) {
            throw (Error) e.getCause();
          }
        }
      };
    }
  }

  @Test
  public void theScreenSaysThatItIsProcessing() throws Exception {
    MainActivity screen = open();
    Phone.untilStep(WorkState.Step.ESTIMATING);
    assertThat(Phone.isShown(screen, R.id.veil)).isTrue();
    View save = screen.findViewById(R.id.save_colour);
    assertThat(save.isEnabled()).isFalse();
    Phone.picture(screen, "processing");
    DepthMap map = new DepthMap(DepthMap.Kind.DISPARITY, 2, 1, new float[] {0, 1});
    answer().complete(new Estimate(map, map, new Normalization(0, 1), 7, Engine.cpu(1)));
    Phone.untilStep(WorkState.Step.DONE);
    assertThat(Phone.isShown(screen, R.id.veil)).isFalse();
    assertThat(save.isEnabled()).isTrue();
    assertThat(Phone.text(screen, R.id.timing)).isEqualTo("7 ms on this device, 1 CPU thread");
  }

  @Test
  public void aNewPhotoDoesNotWaitOnTheScreenForTheOldOne() throws Exception {
    MainActivity screen = open();
    Phone.untilStep(WorkState.Step.ESTIMATING);
    screen.findViewById(R.id.again).performClick();
    assertThat(Phone.isShown(screen, R.id.choose)).isTrue();
    DepthMap map = new DepthMap(DepthMap.Kind.DISPARITY, 1, 1, new float[1]);
    answer().complete(new Estimate(map, map, new Normalization(0, 1), 7, Engine.cpu(1)));
    CompletableFuture<Boolean> after = new CompletableFuture<>();
    Phone.application().work().later(() -> true, after::complete, problem -> {});
    Phone.until(after::isDone);
    assertThat(Phone.application().work().state().step()).isEqualTo(WorkState.Step.NOTHING);
  }

  @Test
  public void aScreenThatClosesLateDisturbsNoOther() throws Exception {
    ActivityController<MainActivity> before = Robolectric.buildActivity(MainActivity.class).setup();
    MainActivity screen = open();
    before.get().finish();
    before.pause().stop().destroy();
    DepthMap map = new DepthMap(DepthMap.Kind.DISPARITY, 1, 1, new float[1]);
    answer().complete(new Estimate(map, map, new Normalization(0, 1), 7, Engine.cpu(1)));
    Phone.untilStep(WorkState.Step.DONE);
    assertThat(Phone.text(screen, R.id.timing)).startsWith("7 ms");
  }

  @Test
  public void tooLittleMemoryIsCalledSo() throws Exception {
    MainActivity screen = open();
    Phone.untilStep(WorkState.Step.ESTIMATING);
    answer().completeExceptionally(new OutOfMemoryError());
    Phone.untilStep(WorkState.Step.FAILED);
    assertThat(Phone.text(screen, R.id.problem_title)).isEqualTo("Not enough memory");
  }

  private static MainActivity open() {
    Uri photo = Phone.lend(Pictures.png(new RgbImage(4, 3, new byte[36])), "photo");
    Intent send = new Intent(Intent.ACTION_SEND).putExtra(Intent.EXTRA_STREAM, photo);
    return Robolectric.buildActivity(MainActivity.class, send).setup().get();
  }

  private static CompletableFuture<Estimate> answer() {
    return ((WaitingApplication) Phone.application()).answer;
  }
}
