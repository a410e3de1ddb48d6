package dev.deltadepth.android;

import static org.assertj.core.api.Assertions.assertThat;

import android.app.Activity;
import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.net.Uri;
import android.view.View;
import android.widget.TextView;
import dev.deltadepth.android.work.WorkState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowContentResolver;
import org.robolectric.shadows.ShadowLooper;

/** A phone in a test: its files, its main thread, its screen. */
final class Phone {
  private static final long PATIENCE = 30_000;

  private Phone() {}

  static DeltaApplication application() {
    return (DeltaApplication) RuntimeEnvironment.getApplication();
  }

  /** Puts a file where another app would lend it from. */
  static Uri lend(byte[] content, String name) {
    Uri address = Uri.parse("content://gallery/" + name);
    ShadowContentResolver resolver = Shadow.extract(application().getContentResolver());
    resolver.registerInputStreamSupplier(address, () -> new ByteArrayInputStream(content));
    return address;
  }

  /** Runs the main thread until something holds. */
  static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE;
    while (!condition.getAsBoolean() && System.currentTimeMillis() < end) {
      ShadowLooper.idleMainLooper();
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  /** Waits for a step of the work. */
  static void untilStep(WorkState.Step step) throws InterruptedException {
    until(
        () -> {
          WorkState state = application().work().state();
          return state.step() == step || state.problem() != null;
        });
    WorkState state = application().work().state();
    assertThat(state.step()).as("%s", state.problem()).isEqualTo(step);
  }

  /** The words of a text on the screen. */
  static String text(Activity screen, int id) {
    return ((TextView) screen.findViewById(id)).getText().toString();
  }

  static boolean isShown(Activity screen, int id) {
    return screen.findViewById(id).isShown();
  }

  /** Draws the screen into target/screens, to be looked at, and returns its colours. */
  static Bitmap picture(Activity screen, String name) throws IOException {
    ShadowLooper.idleMainLooper();
    View root = screen.getWindow().getDecorView();
    Bitmap bitmap = Bitmap.createBitmap(root.getWidth(), root.getHeight(), Bitmap.Config.ARGB_8888);
    root.draw(new Canvas(bitmap));
    Path file = Path.of(System.getProperty("delta.screens"), name + ".png");
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      bitmap.compress(Bitmap.CompressFormat.PNG, 100, out);
    }
    return bitmap;
  }
}
