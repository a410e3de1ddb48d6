package dev.deltadepth.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import android.view.View;
import android.widget.EditText;
import android.widget.SeekBar;
import dev.deltadepth.android.view.StageView;
import dev.deltadepth.android.work.Clips;
import dev.deltadepth.android.work.Effect;
import dev.deltadepth.android.work.Engine;
import dev.deltadepth.android.work.Estimate;
import dev.deltadepth.android.work.Estimator;
import dev.deltadepth.android.work.Photo;
import dev.deltadepth.android.work.WorkState;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;
import org.robolectric.shadows.ShadowLooper;

/** What a photo and its map make beside colours: on the stage and in the gallery. */
@RunWith(PhoneRunner.class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(
    sdk = {30, 35},
    qualifiers = "w393dp-h851dp-port-xhdpi",
    application = ToolTest.ToolApplication.class)
public class ToolTest {
  /** The left half is 2 m away, the right half 6 m, in every photo. */
  public static final class ToolApplication extends DeltaApplication {
    private final KeptClips clips = new KeptClips();

    @Override
    public Clips clips() {
      return clips;
    }

    @Override
    protected Estimator newEstimator() {
      return new FixedEstimator() {
        @Override
        public Estimate estimate(Photo photo) {
          int width = photo.pixels().width();
          int height = photo.pixels().height();
          float[] values = new float[width * height];
          for (int i = 0; i < values.length; i++) {
            values[i] = i % width < width / 2 ? 1 / 2f : 1 / 6f;
          }
          DepthMap map = new DepthMap(DepthMap.Kind.DISPARITY, width, height, values);
          return new Estimate(map, map, new Normalization(1 / 6f, 1 / 2f), 7, Engine.cpu(1));
        }
      };
    }
  }

  private static ActivityController<MainActivity> open() throws Exception {
    Uri photo = Phone.lend(Pictures.png(Pictures.street()), "street.png");
    Intent send = new Intent(Intent.ACTION_SEND).putExtra(Intent.EXTRA_STREAM, photo);
    ActivityController<MainActivity> phone =
        Robolectric.buildActivity(MainActivity.class, send).setup();
    Phone.untilStep(WorkState.Step.DONE);
    return phone;
  }

  private static StageView stage(MainActivity screen) {
    return screen.findViewById(R.id.stage);
  }

  private static Photo photo() {
    return Phone.application().work().state().photo();
  }

  private static Estimate estimate() {
    return Phone.application().work().state().estimate();
  }

  private static void waitForCover(MainActivity screen) throws InterruptedException {
    Phone.until(() -> stage(screen).isCovered());
  }

  @Test
  public void blurIsSharpWhereItIsTouchedAndIsSaved() throws Exception {
    GalleryStore gallery = Robolectric.setupContentProvider(GalleryStore.class, "media");
    MainActivity screen = open().get();
    screen.findViewById(R.id.tool_blur).performClick();
    waitForCover(screen);
    stage(screen).read(0.9, 0.5);
    screen.findViewById(R.id.tool_save).performClick();
    Phone.until(() -> gallery.size() == 1 && gallery.about(0).getAsInteger("is_pending") == 0);
    assertThat(gallery.about(0).getAsString("_display_name")).endsWith(".blur.png");
    assertThat(gallery.about(0).getAsString("relative_path")).isEqualTo("Pictures/Delta");
    BufferedImage saved = ImageIO.read(new ByteArrayInputStream(gallery.bytes(0)));
    assertThat(saved.getWidth()).isEqualTo(640);
    RgbImage street = Pictures.street();
    assertThat(difference(saved, street, 400, 640)).as("in focus").isLessThan(0.5);
    assertThat(difference(saved, street, 0, 240)).as("out of focus").isGreaterThan(2);
    Phone.picture(screen, "tool-blur-" + android.os.Build.VERSION.SDK_INT);
  }

  private static double difference(BufferedImage saved, RgbImage photo, int from, int to) {
    double sum = 0;
    for (int y = 0; y < photo.height(); y++) {
      for (int x = from; x < to; x++) {
        sum += Math.abs((saved.getRGB(x, y) >> 8 & 0xff) - photo.value(x, y, 1));
      }
    }
    return sum / ((to - from) * photo.height());
  }

  @Test
  public void glassesHaveTheirSliderAndTheirFile() throws Exception {
    GalleryStore gallery = Robolectric.setupContentProvider(GalleryStore.class, "media");
    MainActivity screen = open().get();
    screen.findViewById(R.id.tool_glasses).performClick();
    waitForCover(screen);
    SeekBar amount = screen.findViewById(R.id.tool_amount);
    amount.setProgress(80);
    screen.findViewById(R.id.tool_save).performClick();
    Phone.until(() -> gallery.size() == 1 && gallery.about(0).getAsInteger("is_pending") == 0);
    List<RgbImage> expected = Effect.GLASSES.pictures(photo(), estimate(), 6e6, 0, 0, 0.8);
    assertThat(gallery.bytes(0)).isEqualTo(Pictures.png(expected.get(0)));
    screen.findViewById(R.id.tool_glasses).performClick();
    assertThat(stage(screen).isCovered()).as("a second tap ends it").isFalse();
    assertThat(Phone.isShown(screen, R.id.tool_box)).isFalse();
  }

  @Test
  public void aWiggleMovesAndIsSavedAsAClip() throws Exception {
    GalleryStore gallery = Robolectric.setupContentProvider(GalleryStore.class, "media");
    MainActivity screen = open().get();
    screen.findViewById(R.id.tool_wiggle).performClick();
    waitForCover(screen);
    int[] first = pixels(screen);
    ShadowLooper.idleMainLooper(160, java.util.concurrent.TimeUnit.MILLISECONDS);
    assertThat(pixels(screen)).isNotEqualTo(first);
    screen.findViewById(R.id.tool_save).performClick();
    Phone.until(() -> gallery.size() == 1 && gallery.about(0).getAsInteger("is_pending") == 0);
    assertThat(gallery.about(0).getAsString("mime_type")).isEqualTo("video/mp4");
    assertThat(gallery.about(0).getAsString("relative_path")).isEqualTo("Movies/Delta");
    assertThat(new String(gallery.bytes(0), StandardCharsets.UTF_8)).isEqualTo("25");
    KeptClips clips = ((ToolApplication) Phone.application()).clips;
    assertThat(clips.times()).hasSize(25).startsWith(0L, 150_000L, 300_000L).endsWith(3_600_000L);
    assertThat(clips.pictures().get(0)).isEqualTo(clips.pictures().get(2));
    assertThat(clips.pictures().get(0)).isNotEqualTo(clips.pictures().get(1));
    assertThat(clips.pictures().get(24)).isEqualTo(clips.pictures().get(23));
  }

  private static int[] pixels(MainActivity screen) throws Exception {
    android.graphics.Bitmap picture = Phone.picture(screen, "tool-wiggle");
    int[] pixels = new int[picture.getWidth() * 600];
    picture.getPixels(pixels, 0, picture.getWidth(), 0, 200, picture.getWidth(), 600);
    return pixels;
  }

  private static void answer(MainActivity screen, double x, double y, String metres) {
    stage(screen).read(x, y);
    EditText number = screen.findViewById(R.id.metres_number);
    assertThat(Phone.isShown(screen, R.id.metres_form)).isTrue();
    number.setText(metres);
    screen.findViewById(R.id.metres_set).performClick();
  }

  @Test
  public void twoKnownDistancesGiveMetres() throws Exception {
    ActivityController<MainActivity> phone = open();
    MainActivity screen = phone.get();
    screen.findViewById(R.id.tool_metres).performClick();
    answer(screen, 0.1, 0.5, "2");
    assertThat(Phone.text(screen, R.id.tool_hint))
        .isEqualTo("Now another point, much nearer or farther.");
    answer(screen, 0.9, 0.5, "6");
    stage(screen).read(0.25, 0.5);
    assertThat(Phone.text(screen, R.id.reading)).isEqualTo("2.0 m");
    assertThat(Phone.text(screen, R.id.reading_text)).isEqualTo("away");
    stage(screen).read(0.75, 0.5);
    assertThat(Phone.text(screen, R.id.reading)).isEqualTo("6.0 m");
    // 60 degrees over 640 pixels: 0.58 m left of the axis at 2 m, 1.7 m right of it at 6 m.
    assertThat(Phone.text(screen, R.id.reading_text)).isEqualTo("away, 4.6 m from the last point");
    assertThat(Math.hypot(4, 160 / 554.3 * 8)).isCloseTo(4.6, within(0.05));
    Phone.picture(screen, "tool-metres");
    assertThat(Phone.text(screen, R.id.tool_hint))
        .isEqualTo("6.0 m away, 4.6 m from the last point");
    Bundle saved = new Bundle();
    phone.pause().stop().saveInstanceState(saved);
    ActivityController<MainActivity> again = Robolectric.buildActivity(MainActivity.class);
    again.create(saved).start().restoreInstanceState(saved).resume().visible();
    stage(again.get()).read(0.75, 0.5);
    assertThat(Phone.text(again.get(), R.id.reading)).as("kept").isEqualTo("6.0 m");
  }

  @Test
  @Config(sdk = 35, qualifiers = "ar-ldrtl-w393dp-h851dp-port-night-xhdpi")
  public void inArabicAtNight() throws Exception {
    MainActivity screen = open().get();
    screen.findViewById(R.id.tool_metres).performClick();
    stage(screen).read(0.1, 0.5);
    Phone.picture(screen, "tool-metres-arabic-night");
    assertThat(Phone.isShown(screen, R.id.metres_form)).isTrue();
  }

  @Test
  public void oneKnownLengthGivesMetres() throws Exception {
    MainActivity screen = open().get();
    screen.findViewById(R.id.tool_metres).performClick();
    screen.findViewById(R.id.metres_length).performClick();
    stage(screen).read(0.1, 0.5);
    assertThat(Phone.text(screen, R.id.tool_hint)).isEqualTo("Now its other end.");
    // A quarter of the width at 2 m.
    answer(screen, 0.35, 0.5, "0.577");
    stage(screen).read(0.9, 0.5);
    assertThat(Phone.text(screen, R.id.reading)).isEqualTo("6.0 m");
  }

  @Test
  public void whatDoesNotFitIsSaid() throws Exception {
    MainActivity screen = open().get();
    screen.findViewById(R.id.tool_metres).performClick();
    answer(screen, 0.1, 0.5, "");
    assertThat(Phone.text(screen, R.id.tool_hint)).isEqualTo("Enter a number above 0.");
    answer(screen, 0.1, 0.5, "6");
    answer(screen, 0.9, 0.5, "2");
    assertThat(Phone.text(screen, R.id.tool_hint))
        .isEqualTo("These do not fit the depth map. Tap other points.");
    View form = screen.findViewById(R.id.metres_form);
    assertThat(form.getVisibility()).isEqualTo(View.GONE);
  }
}
