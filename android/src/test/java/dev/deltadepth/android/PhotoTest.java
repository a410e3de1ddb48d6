package dev.deltadepth.android;

import static org.assertj.core.api.Assertions.assertThat;

import android.content.ContentValues;
import android.content.Intent;
import android.graphics.Bitmap;
import android.net.Uri;
import android.os.Build;
import android.os.Bundle;
import android.view.View;
import android.view.ViewGroup;
import dev.deltadepth.android.view.StageView;
import dev.deltadepth.android.work.Estimate;
import dev.deltadepth.android.work.Output;
import dev.deltadepth.android.work.Photo;
import dev.deltadepth.android.work.WorkState;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowActivity;
import org.robolectric.shadows.ShadowContentResolver;

/** A photo's way through the app, on Android 8, 11 and 15, with the real network. */
@RunWith(PhoneRunner.class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(
    sdk = {26, 30, 35},
    qualifiers = "w393dp-h851dp-port-xhdpi")
public class PhotoTest {
  @Test
  public void theMapIsThatOfTheLibrary() throws Exception {
    RgbImage street = Pictures.street();
    open(Pictures.png(street));
    Phone.untilStep(WorkState.Step.DONE);
    assertThat(photo().pixels()).isEqualTo(street);
    try (DepthEstimator estimator = DepthEstimator.embedded(EstimatorOptions.defaults())) {
      DepthMap expected = estimator.estimate(street);
      DepthMap shown = estimate().shown();
      assertThat(shown.width()).isEqualTo(expected.width());
      assertThat(shown.data()).usingComparatorWithPrecision(1e-3f).containsExactly(expected.data());
    }
  }

  @Test
  public void theScreenSaysHowLongItTookAndReadsPoints() throws Exception {
    MainActivity screen = open(Pictures.png(Pictures.street())).get();
    Phone.untilStep(WorkState.Step.DONE);
    int threads = estimate().engine().threads();
    assertThat(estimate().milliseconds()).isPositive();
    assertThat(Phone.text(screen, R.id.timing))
        .startsWith(estimate().milliseconds() + " ms on this device, " + threads + " CPU thread");
    assertThat(Phone.text(screen, R.id.reading_text))
        .isEqualTo("Drag the line. Pinch to zoom. Tap a point to read its depth.");
    StageView stage = screen.findViewById(R.id.stage);
    stage.read(0.5, 0.9);
    DepthMap map = estimate().shown();
    float there = map.value(map.width() / 2, (int) (0.9 * map.height()));
    assertThat(Phone.text(screen, R.id.reading))
        .isEqualTo(String.valueOf(Math.round(100 * estimate().window().apply(there))));
    assertThat(Phone.text(screen, R.id.reading_text)).isEqualTo("of 100, relative depth");
  }

  @Test
  public void coloursChangeWithoutAnotherRun() throws Exception {
    MainActivity screen = open(Pictures.png(Pictures.street())).get();
    Phone.untilStep(WorkState.Step.DONE);
    Estimate before = estimate();
    ViewGroup colours = screen.findViewById(R.id.colours);
    int before0 = mapColour(screen);
    colours.getChildAt(Colormap.names().indexOf("viridis")).performClick();
    assertThat(estimate()).isSameAs(before);
    assertThat(mapColour(screen)).isNotEqualTo(before0);
    assertThat(new Appearance(screen).colours().name()).isEqualTo("viridis");
  }

  private static int mapColour(MainActivity screen) throws IOException {
    Bitmap picture = Phone.picture(screen, "colours");
    View stage = screen.findViewById(R.id.stage);
    int[] place = new int[2];
    stage.getLocationInWindow(place);
    return picture.getPixel(place[0] + stage.getWidth() * 9 / 10, place[1] + stage.getHeight() / 2);
  }

  @Test
  public void everyOutputIsSavedWhole() throws Exception {
    GalleryStore gallery = Robolectric.setupContentProvider(GalleryStore.class, "media");
    MainActivity screen = open(Pictures.png(Pictures.street())).get();
    Phone.untilStep(WorkState.Step.DONE);
    int[] buttons = {R.id.save_colour, R.id.save_grey, R.id.save_side};
    Output[] outputs = {Output.COLOUR, Output.GREY, Output.SIDE};
    Colormap colours = new Appearance(screen).colours();
    for (int i = 0; i < buttons.length; i++) {
      byte[] saved =
          Build.VERSION.SDK_INT < 29
              ? savedWhereAsked(screen, buttons[i])
              : savedInGallery(screen, buttons[i], gallery, i);
      assertThat(saved).isEqualTo(outputs[i].bytes(photo(), estimate(), colours));
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(saved));
      assertThat(read.getHeight()).isEqualTo(480);
      assertThat(read.getWidth()).isEqualTo(i == 2 ? 1280 : 640);
      assertThat(read.getColorModel().getPixelSize()).isEqualTo(i == 1 ? 16 : 24);
    }
  }

  private static byte[] savedInGallery(
      MainActivity screen, int button, GalleryStore gallery, int number) throws Exception {
    screen.findViewById(button).performClick();
    Phone.until(
        () ->
            gallery.size() > number && gallery.about(number).getAsInteger("is_pending").equals(0));
    ContentValues about = gallery.about(number);
    assertThat(about.getAsString("relative_path")).isEqualTo("Pictures/Delta");
    assertThat(about.getAsString("mime_type")).isEqualTo("image/png");
    assertThat(about.getAsString("_display_name")).startsWith("delta-").endsWith(".png");
    return gallery.bytes(number);
  }

  /** Before Android 10 the user says where. */
  private static byte[] savedWhereAsked(MainActivity screen, int button) throws Exception {
    AtomicBoolean isWhole = new AtomicBoolean();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            isWhole.set(true);
          }
        };
    ShadowContentResolver resolver = Shadow.extract(screen.getContentResolver());
    ShadowActivity shadow = Shadow.extract(screen);
    Uri place = Uri.parse("content://documents/" + button);
    resolver.registerOutputStreamSupplier(place, () -> out);
    screen.findViewById(button).performClick();
    Phone.until(() -> shadow.peekNextStartedActivityForResult() != null);
    Intent asked = shadow.getNextStartedActivityForResult().intent;
    assertThat(asked.getAction()).isEqualTo(Intent.ACTION_CREATE_DOCUMENT);
    assertThat(asked.getStringExtra(Intent.EXTRA_TITLE)).startsWith("delta-").endsWith(".png");
    screen.onActivityResult(Saving.PLACE, MainActivity.RESULT_OK, new Intent().setData(place));
    Phone.until(isWhole::get);
    return out.toByteArray();
  }

  @Test
  public void aSharedMapIsLentAndNothingElse() throws Exception {
    MainActivity screen = open(Pictures.png(Pictures.street())).get();
    Phone.untilStep(WorkState.Step.DONE);
    ShadowActivity shadow = Shadow.extract(screen);
    screen.findViewById(R.id.share).performClick();
    Phone.until(() -> shadow.peekNextStartedActivity() != null);
    Intent chooser = shadow.getNextStartedActivity();
    Intent send = chooser.getParcelableExtra(Intent.EXTRA_INTENT);
    assertThat(send.getFlags() & Intent.FLAG_GRANT_READ_URI_PERMISSION).isNotZero();
    Uri address = send.getParcelableExtra(Intent.EXTRA_STREAM);
    byte[] expected = Output.COLOUR.bytes(photo(), estimate(), new Appearance(screen).colours());
    try (InputStream in = screen.getContentResolver().openInputStream(address)) {
      assertThat(in.readAllBytes()).isEqualTo(expected);
    }
  }

  @Test
  public void aTurnedPhotoStandsUpright() throws Exception {
    Bitmap lying = Bitmap.createBitmap(64, 48, Bitmap.Config.ARGB_8888);
    lying.eraseColor(0xff0000ff);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 16; x++) {
        lying.setPixel(x, y, 0xffff0000);
      }
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    lying.compress(Bitmap.CompressFormat.JPEG, 95, jpeg);
    open(Pictures.turnedRight(jpeg.toByteArray()));
    Phone.untilStep(WorkState.Step.DONE);
    RgbImage upright = photo().pixels();
    assertThat(upright.width()).isEqualTo(48);
    assertThat(upright.height()).isEqualTo(64);
    // What lay at the left is at the top.
    assertThat(upright.value(24, 4, 0)).isGreaterThan(200);
    assertThat(upright.value(24, 60, 2)).isGreaterThan(200);
  }

  @Test
  public void aHundredMegapixelsAreReduced() throws Exception {
    BufferedImage huge = new BufferedImage(10_000, 10_000, BufferedImage.TYPE_BYTE_BINARY);
    Graphics2D left = huge.createGraphics();
    left.fillRect(0, 0, 5_000, 10_000);
    left.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(huge, "png", png);
    open(png.toByteArray());
    Phone.untilStep(WorkState.Step.DONE);
    assertThat(photo().reduced()).isTrue();
    assertThat(photo().pixels().width()).isEqualTo(2500);
    assertThat(photo().pixels().value(100, 100, 1)).isEqualTo(255);
    assertThat(photo().pixels().value(2400, 100, 1)).isZero();
  }

  @Test
  public void aBrokenPictureIsCalledSo() throws Exception {
    MainActivity screen = open(Arrays.copyOf(new byte[] {(byte) 0xff, (byte) 0xd8}, 500)).get();
    Phone.untilStep(WorkState.Step.FAILED);
    assertThat(Phone.text(screen, R.id.problem_title)).isEqualTo("This image cannot be read");
    assertThat(Phone.isShown(screen, R.id.problem)).isTrue();
    assertThat(Phone.isShown(screen, R.id.choose)).isTrue();
    screen.findViewById(R.id.problem_close).performClick();
    assertThat(Phone.isShown(screen, R.id.problem)).isFalse();
  }

  @Test
  public void aTurnedPhoneKeepsItsResult() throws Exception {
    ActivityController<MainActivity> phone = open(Pictures.png(Pictures.street()));
    Phone.untilStep(WorkState.Step.DONE);
    Estimate before = estimate();
    StageView stage = phone.get().findViewById(R.id.stage);
    stage.read(0.25, 0.75);
    String reading = Phone.text(phone.get(), R.id.reading);
    phone.recreate();
    assertThat(estimate()).isSameAs(before);
    assertThat(Phone.isShown(phone.get(), R.id.work)).isTrue();
    assertThat(Phone.text(phone.get(), R.id.reading)).isEqualTo(reading);
  }

  @Test
  public void anEndedProcessGoesOnWhereItWas() throws Exception {
    ActivityController<MainActivity> phone = open(Pictures.png(Pictures.street()));
    Phone.untilStep(WorkState.Step.DONE);
    StageView stage = phone.get().findViewById(R.id.stage);
    stage.read(0.25, 0.75);
    String reading = Phone.text(phone.get(), R.id.reading);
    Bundle saved = new Bundle();
    phone.pause().stop().saveInstanceState(saved);
    // A new process starts with no work.
    Phone.application().work().forget();
    ActivityController<MainActivity> again = Robolectric.buildActivity(MainActivity.class);
    again.create(saved).start().restoreInstanceState(saved).resume().visible();
    Phone.untilStep(WorkState.Step.DONE);
    assertThat(photo().pixels()).isEqualTo(Pictures.street());
    assertThat(Phone.text(again.get(), R.id.reading)).isEqualTo(reading);
  }

  private static ActivityController<MainActivity> open(byte[] file) {
    Uri address = Phone.lend(file, "photo");
    Intent send =
        new Intent(Intent.ACTION_SEND).setType("image/*").putExtra(Intent.EXTRA_STREAM, address);
    return Robolectric.buildActivity(MainActivity.class, send).setup();
  }

  private static Photo photo() {
    return Phone.application().work().state().photo();
  }

  private static Estimate estimate() {
    return Phone.application().work().state().estimate();
  }
}
