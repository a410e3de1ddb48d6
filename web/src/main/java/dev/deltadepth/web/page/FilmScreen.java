package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.file.Recorder;
import dev.deltadepth.web.file.Saver;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.dom.html.HTMLVideoElement;
import org.teavm.jso.file.Blob;

/** What is seen of the work on a film: its plan, its progress, and the clip that comes of it. */
final class FilmScreen {
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int PERCENT = 100;

  /** Progress is said to screen readers after so many percent. */
  private static final int SAID = 10;

  /** What cannot be changed while a clip is made, and after. */
  private static final String[] CHOICES = {"film-shows", "palette", "effort"};

  private static final String[] BUTTONS = {"film-begin", "film-stop", "film-share", "film-save"};

  private final Appearance appearance;
  private final Notices notices;
  private final HTMLVideoElement player = (HTMLVideoElement) Dom.id("clip");
  private Runnable text = () -> {};
  private int said;
  private @Nullable Blob clip;
  private String name = "";
  private String address = "";

  FilmScreen(Appearance appearance, Notices notices) {
    this.appearance = appearance;
    this.notices = notices;
  }

  void start() {
    appearance.onChange(() -> text.run());
    Dom.onClick("film-save", this::save);
    Dom.onClick("film-share", this::share);
  }

  /** Shows a film before its first map is there. */
  void open() {
    close();
    buttons("film-begin");
    Dom.id("film-begin").setAttribute("disabled", "");
    Dom.text("processing-text", appearance.text(Text.PROCESSING));
    Dom.show("processing", true);
  }

  /** Says what the work would be, in frames and seconds. */
  void plan(int frames, double seconds) {
    Dom.show("processing", false);
    Dom.id("film-begin").removeAttribute("disabled");
    say(() -> appearance.text(Text.FILM_PLAN, frames, duration(seconds)), true);
  }

  /** The first frame has no map, or the work failed: nothing can be begun. */
  void halt() {
    Dom.show("processing", false);
    Dom.show("film-bar", false);
    lock(false);
    buttons("film-begin");
    Dom.id("film-begin").setAttribute("disabled", "");
    say(() -> "", true);
  }

  /** The work begins. */
  void begin() {
    lock(true);
    buttons("film-stop");
    said = 0;
    bar(0);
    Dom.show("film-bar", true);
    Dom.id("film-stop").focus();
  }

  /** So many frames are done, and so many seconds are left. */
  void progress(int done, int expected, double seconds) {
    int percent = PERCENT * done / Math.max(done, expected);
    bar(percent);
    boolean isDue = percent / SAID > said;
    said = Math.max(said, percent / SAID);
    say(() -> appearance.text(Text.FILM_PROGRESS, done, expected, duration(seconds)), isDue);
  }

  /** All frames are done; the file is written. */
  void write() {
    bar(PERCENT);
    Dom.id("view").focus();
    buttons();
    say(() -> appearance.text(Text.FILM_WRITING), true);
  }

  /**
   * Plays the clip.
   *
   * @param whole whether it shows all of the film
   */
  void play(Blob made, String fileName, int frames, double seconds, boolean whole) {
    clip = made;
    name = fileName;
    address = Saver.address(made);
    Dom.show("film-bar", false);
    buttons("film-save");
    Dom.show("film-share", Saver.canShare());
    player.setAutoplay(!Browser.matches("(prefers-reduced-motion: reduce)"));
    player.setSrc(address);
    Dom.show("clip", true);
    Dom.id("stage").setAttribute("data-clip", "");
    player.focus();
    Text what = whole ? Text.FILM_DONE : Text.FILM_PART;
    say(() -> appearance.text(what, frames, duration(seconds)), true);
  }

  /** Shows nothing of a film any more. */
  void close() {
    clip = null;
    if (!address.isEmpty()) {
      player.removeAttribute("src");
      player.load();
      Saver.revoke(address);
      address = "";
    }
    Dom.show("clip", false);
    Dom.id("stage").removeAttribute("data-clip");
    Dom.show("film-bar", false);
    Dom.show("processing", false);
    buttons();
    lock(false);
    say(() -> "", true);
  }

  private void save() {
    Blob made = clip;
    if (made != null) {
      Saver.save(made, name + Recorder.ending(made));
      notices.notice(Text.SAVED);
    }
  }

  private void share() {
    Blob made = clip;
    if (made != null) {
      Saver.share(made, name + Recorder.ending(made));
    }
  }

  /** Shows these buttons and no others. */
  private static void buttons(String... shown) {
    for (String button : BUTTONS) {
      Dom.show(button, false);
    }
    for (String button : shown) {
      Dom.show(button, true);
    }
  }

  private static void lock(boolean locked) {
    for (String choice : CHOICES) {
      if (locked) {
        Dom.id(choice).setAttribute("disabled", "");
      } else {
        Dom.id(choice).removeAttribute("disabled");
      }
    }
  }

  private static void bar(int percent) {
    HTMLElement bar = Dom.id("film-bar");
    bar.setAttribute("aria-valuenow", String.valueOf(percent));
    Dom.id("film-bar-done").getStyle().setProperty("width", percent + "%");
  }

  private interface Words {
    String now();
  }

  /** Shows words, in whatever language the page gets; some are told to screen readers too. */
  private void say(Words words, boolean aloud) {
    text = () -> Dom.text("film-text", words.now());
    text.run();
    if (aloud) {
      Dom.text("film-said", words.now());
    }
  }

  private String duration(double seconds) {
    int whole = (int) Math.max(1, Math.round(seconds));
    if (whole < 2 * MINUTE) {
      return appearance.text(Text.SECONDS, whole);
    }
    if (whole < 2 * HOUR) {
      return appearance.text(Text.MINUTES, Math.round((double) whole / MINUTE));
    }
    return appearance.text(Text.HOURS, whole / HOUR, whole % HOUR / MINUTE);
  }
}
