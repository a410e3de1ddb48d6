package dev.deltadepth.android;

import static org.assertj.core.api.Assertions.assertThat;

import android.Manifest;
import android.app.Activity;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.os.Build;
import android.view.View;
import dev.deltadepth.android.camera.CameraActivity;
import dev.deltadepth.android.camera.CameraScreen;
import dev.deltadepth.android.live.LiveActivity;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowActivity;
import org.robolectric.shadows.ShadowApplication;

/** What the first screen leads to, on Android 8, 11 and 15. */
@RunWith(PhoneRunner.class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(
    sdk = {26, 30, 35},
    qualifiers = "w393dp-h851dp-port-xhdpi")
public class StartTest {

  @Test
  public void photosComeFromTheSystemsChooser() {
    MainActivity screen = Robolectric.buildActivity(MainActivity.class).setup().get();
    ShadowActivity shadow = Shadow.extract(screen);
    screen.findViewById(R.id.choose).performClick();
    Intent asked = shadow.getNextStartedActivityForResult().intent;
    assertThat(asked.getAction())
        .isEqualTo(
            Build.VERSION.SDK_INT >= 33
                ? "android.provider.action.PICK_IMAGES"
                : Intent.ACTION_OPEN_DOCUMENT);
    assertThat(asked.getType()).isEqualTo("image/*");
  }

  @Test
  public void aRefusedCameraIsExplainedAndPhotosCanStillBeChosen() {
    MainActivity screen = Robolectric.buildActivity(MainActivity.class).setup().get();
    ShadowActivity shadow = Shadow.extract(screen);
    screen.findViewById(R.id.take).performClick();
    assertThat(shadow.getNextStartedActivityForResult().intent.getComponent().getClassName())
        .isEqualTo(CameraActivity.class.getName());
    CameraActivity camera = Robolectric.buildActivity(CameraActivity.class).setup().get();
    camera.onRequestPermissionsResult(
        1, new String[] {Manifest.permission.CAMERA}, new int[] {PackageManager.PERMISSION_DENIED});
    ShadowActivity closed = Shadow.extract(camera);
    assertThat(camera.isFinishing()).isTrue();
    screen.onActivityResult(MainActivity.TAKE, closed.getResultCode(), closed.getResultIntent());
    assertThat(Phone.text(screen, R.id.problem_title)).isEqualTo("Camera access is not allowed");
    assertThat(Phone.isShown(screen, R.id.choose)).isTrue();
  }

  @Test
  public void aPhoneWithoutCameraSaysSo() {
    ShadowApplication shadow = Shadow.extract(Phone.application());
    shadow.grantPermissions(Manifest.permission.CAMERA);
    CameraActivity camera = Robolectric.buildActivity(CameraActivity.class).setup().get();
    ShadowActivity closed = Shadow.extract(camera);
    assertThat(closed.getResultCode()).isEqualTo(Activity.RESULT_CANCELED);
    assertThat(closed.getResultIntent().getStringExtra(CameraScreen.PROBLEM))
        .isEqualTo("CAMERA_MISSING");
  }

  @Test
  public void theSwitchedThemeStays() {
    ActivityController<MainActivity> phone = Robolectric.buildActivity(MainActivity.class).setup();
    assertThat(Appearance.isNight(phone.get())).isFalse();
    int paper = phone.get().getColor(R.color.paper);
    phone.get().findViewById(R.id.theme).performClick();
    MainActivity again = Robolectric.buildActivity(MainActivity.class).setup().get();
    assertThat(Appearance.isNight(again)).isTrue();
    assertThat(again.getColor(R.color.paper)).isNotEqualTo(paper);
  }

  @Test
  public void everythingThatCanBeTouchedHasWordsForAReader() {
    MainActivity screen = Robolectric.buildActivity(MainActivity.class).setup().get();
    check(screen.findViewById(R.id.root));
    CameraActivity camera = Robolectric.buildActivity(CameraActivity.class).create().get();
    check(camera.findViewById(R.id.camera));
    LiveActivity live = Robolectric.buildActivity(LiveActivity.class).create().get();
    check(live.findViewById(R.id.camera));
    AboutActivity about = Robolectric.buildActivity(AboutActivity.class).setup().get();
    check(about.findViewById(R.id.root));
  }

  private static void check(View view) {
    if (view.isClickable() && view.isImportantForAccessibility()) {
      CharSequence words =
          view instanceof android.widget.EditText field
              ? field.getHint()
              : view instanceof android.widget.TextView text
                  ? text.getText()
                  : view.getContentDescription();
      assertThat(words).as("%s", view).isNotEmpty();
    }
    if (view instanceof android.view.ViewGroup group) {
      for (int i = 0; i < group.getChildCount(); i++) {
        check(group.getChildAt(i));
      }
    }
  }
}
