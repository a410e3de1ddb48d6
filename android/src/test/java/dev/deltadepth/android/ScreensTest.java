package dev.deltadepth.android;

import static org.assertj.core.api.Assertions.assertThat;

import android.content.Intent;
import android.graphics.Bitmap;
import android.net.Uri;
import dev.deltadepth.android.view.StageView;
import dev.deltadepth.android.work.WorkState;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

/** Pictures of the screens, in target/screens; a blank one or one without colours fails. */
@RunWith(PhoneRunner.class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(sdk = 35)
public class ScreensTest {
  private static final String PHONE = "w393dp-h851dp-port-xhdpi";
  private static final String LANDSCAPE = "w851dp-h393dp-land-xhdpi";
  private static final String TABLET = "sw800dp-w800dp-h1280dp-port-hdpi";
  private static final String TABLET_LANDSCAPE = "sw800dp-w1280dp-h800dp-land-hdpi";

  @Test
  public void aPhone() throws Exception {
    screens("phone", PHONE);
  }

  @Test
  public void aPhoneAtNight() throws Exception {
    screens("phone-night", PHONE.replace("-port-", "-port-night-"));
  }

  @Test
  public void aPhoneInArabic() throws Exception {
    screens("phone-arabic", "ar-ldrtl-" + PHONE);
  }

  @Test
  public void aPhoneOnItsSide() throws Exception {
    screens("phone-landscape", LANDSCAPE);
  }

  @Test
  public void lettersTwiceAsLarge() throws Exception {
    RuntimeEnvironment.setFontScale(2);
    screens("phone-large", PHONE);
  }

  @Test
  public void aTablet() throws Exception {
    screens("tablet", TABLET);
  }

  @Test
  public void aTabletOnItsSideAtNight() throws Exception {
    screens("tablet-landscape-night", TABLET_LANDSCAPE.replace("-land-", "-land-night-"));
  }

  @Test
  @Config(sdk = 26)
  public void anOldPhone() throws Exception {
    screens("phone-8", PHONE);
  }

  private static void screens(String name, String qualifiers) throws Exception {
    RuntimeEnvironment.setQualifiers(qualifiers);
    MainActivity start = Robolectric.buildActivity(MainActivity.class).setup().get();
    check(Phone.picture(start, name + "-start"));
    start.finish();
    Uri photo = Phone.lend(Pictures.png(Pictures.street()), "street.png");
    Intent send = new Intent(Intent.ACTION_SEND).putExtra(Intent.EXTRA_STREAM, photo);
    MainActivity work = Robolectric.buildActivity(MainActivity.class, send).setup().get();
    Phone.untilStep(WorkState.Step.DONE);
    StageView stage = work.findViewById(R.id.stage);
    stage.read(0.62, 0.7);
    check(Phone.picture(work, name + "-work"));
    work.findViewById(R.id.view_side).performClick();
    check(Phone.picture(work, name + "-side"));
    work.findViewById(R.id.tool_metres).performClick();
    check(Phone.picture(work, name + "-tools"));
    AboutActivity about = Robolectric.buildActivity(AboutActivity.class).setup().get();
    check(Phone.picture(about, name + "-about"));
  }

  private static void check(Bitmap screen) throws IOException {
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < screen.getHeight(); y += 7) {
      for (int x = 0; x < screen.getWidth(); x += 7) {
        colours.add(screen.getPixel(x, y));
      }
    }
    assertThat(colours).hasSizeGreaterThan(50);
  }
}
