package dev.deltadepth.web.page;

import dev.deltadepth.core.MovingWindow;
import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.browser.Place;
import dev.deltadepth.web.file.ClipMaker;
import dev.deltadepth.web.file.ClipShape;
import dev.deltadepth.web.file.Film;
import dev.deltadepth.web.file.FilmEnd;
import dev.deltadepth.web.file.FilmSteps;
import dev.deltadepth.web.file.Photo;
import dev.deltadepth.web.file.PhotoReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.browser.Performance;
import org.teavm.jso.canvas.CanvasRenderingContext2D;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Int8Array;

/** Makes a clip of the depth of a film, frame by frame, on this device and nowhere else. */
final class FilmWork {
  private static final double SECOND = 1000;

  /** Milliseconds a frame for all but the network and the edges, for the plan. */
  private static final double OTHER = 60;

  /** Seconds at the end of a film in which a frame may be missing. */
  private static final double SPARE = 1;

  /** Looks that say how many frames a second a film has. */
  private static final int COUNTED = 15;

  private final Notices notices;
  private final DepthClient client;
  private final DepthView view;
  private final Effort effort;
  private final FilmScreen screen;

  private @Nullable Film film;
  private @Nullable ClipMaker maker;
  private String name = "";
  private boolean withFilm;
  private boolean isCutOff;
  private boolean stopping;

  private ClipShape shape = ClipShape.of(1, 1, false);
  private HTMLCanvasElement seen = Dom.newCanvas(1, 1);
  private HTMLCanvasElement frame = Dom.newCanvas(1, 1);
  private HTMLCanvasElement picture = Dom.newCanvas(1, 1);
  private FilmSteps steps = new FilmSteps();
  private MovingWindow window = MovingWindow.ofFilm();
  private double firstTime;
  private double started;
  private int session;

  FilmWork(Notices notices, DepthClient client, DepthView view, Effort effort, FilmScreen screen) {
    this.notices = notices;
    this.client = client;
    this.view = view;
    this.effort = effort;
    this.screen = screen;
  }

  void start() {
    screen.start();
    effort.onChange(this::preview);
    Dom.onClick("film-depth", () -> show(false));
    Dom.onClick("film-both", () -> show(true));
    Dom.onClick("film-begin", this::begin);
    Dom.onClick("film-stop", () -> stopping = true);
  }

  /** Opens a file; {@code opened} runs if it is a film that can be seen. */
  void open(Blob file, String fileName, Runnable opened) {
    notices.solved();
    if (client.place() == Place.SERVER) {
      notices.problem(Text.FILM_SERVER, Text.FILM_SERVER_DO);
      return;
    }
    Film.open(
        file,
        found -> {
          if (found.width() == 0 || !(found.seconds() > 0)) {
            boolean isSound = found.width() == 0;
            found.close();
            notices.problem(
                isSound ? Text.FILM_SOUND : Text.FILM_EMPTY,
                isSound ? Text.FILM_SOUND_DO : Text.FILM_EMPTY_DO,
                fileName);
          } else {
            opened.run();
            take(found, file, fileName);
          }
        },
        () ->
            FilmEnd.isCut(
                file,
                isCut ->
                    notices.problem(
                        isCut ? Text.FILM_CUT_OFF : Text.FILM_UNPLAYABLE,
                        isCut ? Text.FILM_CUT_OFF_DO : Text.FILM_UNPLAYABLE_DO,
                        fileName)));
  }

  private void take(Film found, Blob file, String fileName) {
    film = found;
    name = PhotoReader.name(fileName);
    isCutOff = false;
    FilmEnd.isCut(
        file,
        isCut -> {
          if (isCut && film == found) {
            isCutOff = true;
            notices.notice(Text.FILM_CUT);
          }
        });
    preview();
    // What was used to get here is hidden now.
    Dom.id("view").focus();
  }

  /** Stops whatever is being done, and lets the film go. */
  void leave() {
    stop();
    Film open = film;
    if (open != null) {
      open.close();
      film = null;
      screen.close();
    }
  }

  private void stop() {
    session++;
    stopping = false;
    ClipMaker making = maker;
    if (making != null) {
      making.close();
      maker = null;
    }
    Browser.keepAwake(false);
  }

  /** The clip shows the film beside its depth, or the depth alone. */
  private void show(boolean both) {
    withFilm = both;
    Dom.id("film-depth").setAttribute("aria-pressed", String.valueOf(!both));
    Dom.id("film-both").setAttribute("aria-pressed", String.valueOf(both));
    preview();
  }

  /** Shows the first frame with its map, and how long all of them will take. */
  private void preview() {
    Film of = film;
    if (of == null) {
      return;
    }
    stop();
    rewind(of);
    screen.open();
    next(of, answer -> count(of, answer), missing -> unplayable());
  }

  /** Looks at some more frames, to say how many there may be, and how long they will take. */
  private void count(Film of, DepthClient.Answer first) {
    int frames = steps.expected(of.seconds());
    double each = first.milliseconds() + first.edgesMilliseconds() + OTHER;
    Runnable plan = () -> screen.plan(frames, frames * each / SECOND);
    if (steps.looks() >= COUNTED || steps.next() >= of.seconds()) {
      plan.run();
    } else {
      look(of, (isNew, rgba) -> count(of, first), plan);
    }
  }

  private void rewind(Film of) {
    shape = ClipShape.of(of.width(), of.height(), withFilm);
    seen = Dom.newCanvas(shape.frameWidth(), shape.frameHeight());
    frame = Dom.newCanvas(shape.frameWidth(), shape.frameHeight());
    picture = Dom.newCanvas(shape.width(), shape.height());
    steps = new FilmSteps();
    view.photo(frame, shape.frameWidth(), shape.frameHeight());
  }

  private void unplayable() {
    screen.halt();
    notices.problem(Text.FILM_UNPLAYABLE, Text.FILM_UNPLAYABLE_DO, name);
  }

  /** Begins the clip. */
  private void begin() {
    Film of = film;
    if (of == null) {
      return;
    }
    stop();
    rewind(of);
    screen.begin();
    Browser.keepAwake(true);
    int number = session;
    started = Performance.now();
    ClipMaker.open(
        shape.width(),
        shape.height(),
        making -> {
          if (number == session) {
            maker = making;
            proceed(of, making);
          } else {
            making.close();
          }
        },
        () -> {
          if (number == session) {
            stop();
            screen.halt();
            notices.problem(Text.FILM_ENCODER, Text.FILM_ENCODER_DO);
          }
        },
        reason -> failed(number, reason));
  }

  private void proceed(Film of, ClipMaker making) {
    next(of, answer -> add(of, making), missing -> finish(of, making, missing));
  }

  /** Adds the frame that is shown to the clip. */
  private void add(Film of, ClipMaker making) {
    int number = session;
    int left = shape.withFilm() ? shape.frameWidth() : 0;
    CanvasRenderingContext2D drawing = Dom.drawing(picture);
    drawing.drawImage(frame, 0, 0);
    drawing.drawImage(view.painted(), left, 0, shape.frameWidth(), shape.frameHeight());
    if (steps.frames() == 1) {
      firstTime = steps.time();
    }
    int expected = steps.expected(of.seconds());
    double each = (Performance.now() - started) / SECOND / steps.frames();
    screen.progress(steps.frames(), expected, each * (expected - steps.frames()));
    making.add(
        picture,
        steps.time() - firstTime,
        () -> {
          if (number == session) {
            proceed(of, making);
          }
        });
  }

  /** Ends the clip with what there is. */
  private void finish(Film of, ClipMaker making, boolean missing) {
    if (steps.frames() == 0) {
      stop();
      unplayable();
      return;
    }
    // The sound of many films lasts a little longer than their pictures.
    boolean broken = missing && of.seconds() - steps.next() > SPARE;
    if (broken) {
      notices.notice(Text.FILM_BROKEN);
    }
    boolean whole = !broken && !stopping && !isCutOff;
    double oneLook = 1.0 / FilmSteps.RATE;
    double end = whole ? Math.max(of.seconds(), steps.time() + oneLook) : steps.time() + oneLook;
    double seconds = end - firstTime;
    int number = session;
    screen.write();
    making.finish(
        seconds,
        clip -> {
          if (number == session) {
            maker = null;
            Browser.keepAwake(false);
            String ending = shape.withFilm() ? ".side" : ".depth";
            screen.play(clip, name + ending, steps.frames(), seconds, whole);
          }
        });
  }

  private interface Shown {
    void accept(DepthClient.Answer answer);
  }

  private interface Ended {
    void accept(boolean missing);
  }

  /** Looks for the next frame of the film, and shows it with its map. */
  private void next(Film of, Shown shown, Ended ended) {
    if (steps.frames() > 0 && (stopping || steps.next() >= of.seconds())) {
      ended.accept(false);
      return;
    }
    boolean isFirst = steps.frames() == 0;
    look(
        of,
        (isNew, rgba) -> {
          if (isNew) {
            estimate(rgba, isFirst, shown);
          } else {
            next(of, shown, ended);
          }
        },
        () -> ended.accept(true));
  }

  private interface Looked {
    void accept(boolean isNew, ArrayBuffer rgba);
  }

  private void look(Film of, Looked looked, Runnable missing) {
    int number = session;
    of.look(
        steps.next(),
        time -> {
          if (number != session) {
            return;
          }
          ArrayBuffer rgba;
          try {
            of.draw(seen);
            rgba = Photo.of(seen, "").rgba();
          } catch (RuntimeException | OutOfMemoryError e) {
            failed(number, String.valueOf(e.getMessage()));
            return;
          }
          int content = Arrays.hashCode(new Int8Array(rgba).toJavaArray());
          looked.accept(steps.see(time, content), rgba);
        },
        () -> {
          if (number == session) {
            missing.run();
          }
        });
  }

  private void estimate(ArrayBuffer rgba, boolean isFirst, Shown shown) {
    int number = session;
    client.frame(
        shape.frameWidth(),
        shape.frameHeight(),
        rgba,
        effort.size(),
        isFirst,
        (answer, cut) -> {
          if (number == session) {
            if (isFirst || cut) {
              window = MovingWindow.ofFilm();
            }
            Dom.drawing(frame).drawImage(seen, 0, 0);
            view.map(answer.shown(), window.next(answer.map()));
            shown.accept(answer);
          }
        },
        reason -> failed(number, reason));
  }

  private void failed(int number, String reason) {
    if (number != session) {
      return;
    }
    stop();
    screen.halt();
    if (client.place() == Place.SERVER) {
      notices.problem(Text.FILM_SERVER, Text.FILM_SERVER_DO);
    } else {
      notices.failed(reason);
    }
  }
}
