package dev.deltadepth.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import android.Manifest;
import android.app.Activity;
import android.graphics.Bitmap;
import android.graphics.BitmapFactory;
import android.os.Build;
import android.view.View;
import dev.deltadepth.android.camera.CameraScreen;
import dev.deltadepth.android.live.LiveActivity;
import dev.deltadepth.android.live.LiveCamera;
import dev.deltadepth.android.work.Clips;
import dev.deltadepth.android.work.Estimator;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.PngEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowActivity;
import org.robolectric.shadows.ShadowApplication;

/** Live depth of a camera that plays a folder of frames, on Android 8, 11 and 15. */
@RunWith(PhoneRunner.class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(
    sdk = {26, 30, 35},
    qualifiers = "w393dp-h851dp-port-xhdpi",
    application = LiveTest.LiveApplication.class)
public class LiveTest {
  @Rule public final TemporaryFolder folders = new TemporaryFolder();

  /** The app with the folder's camera, and a network that waits for the test. */
  public static final class LiveApplication extends DeltaApplication {
    private final Semaphore allowed = new Semaphore(0);
    private final List<Integer> seen = new CopyOnWriteArrayList<>();
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private FolderCamera camera;
    private final KeptClips clips = new KeptClips();
    private boolean real;

    @Override
    protected Estimator newEstimator() {
      return real
          ? super.newEstimator()
          : new FixedEstimator() {
            @Override
            public DepthMap map(RgbImage picture, int shorterSide) {
              seen.add(picture.value(8, 8, 0));
              sizes.add(shorterSide);
              allowed.acquireUninterruptibly();
              return super.map(picture, shorterSide);
            }
          };
    }

    @Override
    public Clips clips() {
      return clips;
    }

    @Override
    public LiveCamera liveCamera(Activity screen) {
      return camera;
    }
  }

  /** Frames of 64 by 48 pixels, the left half of one red, the right half black. */
  private Path folder(int... reds) {
    try {
      Path folder = folders.newFolder().toPath();
      for (int i = 0; i < reds.length; i++) {
        byte[] rgb = new byte[3 * 64 * 48];
        for (int p = 0; p < 64 * 48; p++) {
          rgb[3 * p] = (byte) (p % 64 < 32 ? reds[i] : 0);
        }
        Files.write(folder.resolve("frame" + i + ".png"), Pictures.png(new RgbImage(64, 48, rgb)));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ActivityController<LiveActivity> open(Path folder) throws IOException {
    ShadowApplication shadow = Shadow.extract(Phone.application());
    shadow.grantPermissions(Manifest.permission.CAMERA);
    phone().camera = new FolderCamera(folder);
    return Robolectric.buildActivity(LiveActivity.class).setup();
  }

  private static LiveApplication phone() {
    return (LiveApplication) Phone.application();
  }

  @Test
  public void theLatestFrameIsNextAndTheOthersAreLeftOut() throws Exception {
    LiveActivity screen = open(folder(40, 80, 120, 160, 200)).get();
    phone().camera.play();
    Phone.until(() -> phone().seen.size() == 1);
    for (int i = 0; i < 4; i++) {
      phone().camera.play();
    }
    phone().allowed.release(2);
    Phone.until(() -> phone().seen.size() == 2 && phone().allowed.availablePermits() == 0);
    assertThat((double) phone().seen.get(0)).isCloseTo(40, within(4.0));
    assertThat((double) phone().seen.get(1)).isCloseTo(200, within(4.0));
    assertThat(phone().sizes.get(0)).as("the size to begin with").isEqualTo(192);
    Phone.until(() -> Phone.isShown(screen, R.id.rate));
    assertThat(Phone.text(screen, R.id.rate)).matches("[0-9]+\\.[0-9] per second");
    assertThat(Phone.text(screen, R.id.detail)).matches("[0-9]+ ms at size 192");
    screen.finish();
  }

  @Test
  public void theFrameThatIsSeenCanBeKept() throws Exception {
    LiveActivity screen = open(folder(250)).get();
    phone().allowed.release(1);
    phone().camera.play();
    Phone.until(() -> screen.findViewById(R.id.waiting).getVisibility() == View.GONE);
    screen.findViewById(R.id.shutter).performClick();
    ShadowActivity closed = Shadow.extract(screen);
    assertThat(closed.getResultCode()).isEqualTo(Activity.RESULT_OK);
    Bitmap kept = BitmapFactory.decodeFile(CameraScreen.taken(screen).getPath());
    assertThat(kept.getWidth()).isEqualTo(64);
    assertThat(kept.getHeight()).isEqualTo(48);
    assertThat(kept.getPixel(8, 20) >> 16 & 0xff).isGreaterThan(230);
    assertThat(kept.getPixel(56, 20) >> 16 & 0xff).isLessThan(20);
  }

  @Test
  @Config(sdk = {30, 35})
  public void aRecordedClipIsPutIntoTheGallery() throws Exception {
    GalleryStore gallery = Robolectric.setupContentProvider(GalleryStore.class, "media");
    LiveActivity screen = open(folder(250)).get();
    phone().allowed.release(9);
    screen.findViewById(R.id.record).performClick();
    assertThat(screen.findViewById(R.id.record).getContentDescription().toString())
        .isEqualTo("Stop recording");
    for (int i = 1; i <= 3; i++) {
      int count = i;
      phone().camera.play();
      Phone.until(() -> phone().clips.pictures().size() == count);
    }
    // Whoever leaves ends the recording first.
    screen.findViewById(R.id.close).performClick();
    assertThat(screen.isFinishing()).isFalse();
    assertThat(screen.findViewById(R.id.record).isSelected()).isFalse();
    Phone.until(() -> gallery.size() == 1 && gallery.about(0).getAsInteger("is_pending") == 0);
    assertThat(gallery.about(0).getAsString("relative_path")).isEqualTo("Movies/Delta");
    assertThat(gallery.about(0).getAsString("_display_name")).endsWith(".live.mp4");
    assertThat(new String(gallery.bytes(0), StandardCharsets.UTF_8)).isEqualTo("3");
    RgbImage picture = phone().clips.pictures().get(0);
    assertThat(picture.width()).as("the frame and its map").isEqualTo(128);
    assertThat(picture.value(8, 20, 0)).as("the frame").isGreaterThan(240);
    assertThat(picture.value(120, 20, 0)).as("far").isLessThan(10);
    assertThat(picture.value(70, 20, 1)).as("near").isGreaterThan(200);
    assertThat(phone().clips.times().get(0)).isZero();
    assertThat(phone().clips.times()).isSorted();
    screen.finish();
  }

  @Test
  public void theOtherCameraIsAMirrorAndTheLampIsOfTheFirst() throws Exception {
    ActivityController<LiveActivity> controller = open(folder(250));
    LiveActivity screen = controller.get();
    assertThat(Phone.isShown(screen, R.id.torch)).isTrue();
    screen.findViewById(R.id.torch).performClick();
    assertThat(phone().camera.isLit()).isTrue();
    screen.findViewById(R.id.flip).performClick();
    assertThat(phone().camera.which()).isEqualTo(1);
    assertThat(Phone.isShown(screen, R.id.torch)).isFalse();
    phone().camera.play();
    Phone.until(() -> phone().seen.size() == 1);
    assertThat(phone().seen.get(0)).as("the left half lies right in a mirror").isLessThan(10);
    controller.pause();
    assertThat(phone().camera.which()).as("nobody looks: the camera is free").isEqualTo(-1);
    controller.resume();
    assertThat(phone().camera.which()).as("the same camera again").isEqualTo(1);
    controller.pause().stop().destroy();
    phone().allowed.release(9);
  }

  @Test
  public void aRefusedCameraIsSaidToTheFirstScreen() throws Exception {
    phone().camera = new FolderCamera(folder(1));
    LiveActivity screen = Robolectric.buildActivity(LiveActivity.class).setup().get();
    screen.onRequestPermissionsResult(1, new String[] {Manifest.permission.CAMERA}, new int[] {-1});
    ShadowActivity closed = Shadow.extract(screen);
    assertThat(closed.getResultIntent().getStringExtra(CameraScreen.PROBLEM))
        .isEqualTo("CAMERA_REFUSED");
  }

  @Test
  public void theRealNetworkSeesAStreetPassBy() throws Exception {
    phone().real = true;
    LiveActivity screen = open(street()).get();
    for (int i = 0; i < 5; i++) {
      screen.findViewById(R.id.waiting).setVisibility(View.VISIBLE);
      phone().camera.play();
      Phone.until(() -> screen.findViewById(R.id.waiting).getVisibility() == View.GONE);
    }
    Bitmap picture = Phone.picture(screen, "live-" + Build.VERSION.SDK_INT);
    int[] pixels = new int[picture.getWidth() * picture.getHeight()];
    picture.getPixels(pixels, 0, picture.getWidth(), 0, 0, picture.getWidth(), picture.getHeight());
    assertThat(Arrays.stream(pixels).distinct().count()).isGreaterThan(1000);
    screen.finish();
  }

  @Test
  @Config(sdk = 35, qualifiers = "ar-ldrtl-w851dp-h393dp-land-xhdpi")
  public void aPhoneOnItsSideInArabic() throws Exception {
    phone().real = true;
    LiveActivity screen = open(street()).get();
    phone().camera.play();
    Phone.until(() -> screen.findViewById(R.id.waiting).getVisibility() == View.GONE);
    assertThat(Phone.picture(screen, "live-landscape-arabic").getWidth()).isGreaterThan(1000);
    screen.finish();
  }

  /** A street seen by a camera that moves to the right. */
  private Path street() throws IOException {
    Path folder = folders.newFolder().toPath();
    RgbImage street = Pictures.street();
    for (int i = 0; i < 5; i++) {
      byte[] rgb = new byte[3 * 360 * 480];
      for (int y = 0; y < 480; y++) {
        System.arraycopy(street.data(), 3 * (y * 640 + 100 + 4 * i), rgb, 3 * y * 360, 3 * 360);
      }
      Files.write(
          folder.resolve("frame" + i + ".png"), PngEncoder.rgb(new RgbImage(360, 480, rgb)));
    }
    return folder;
  }
}
