package dev.deltadepth.web.page;

import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * The way back: every place of the app is an entry of the browser's history, so that the system's
 * gesture, the browser's button and Escape lead from a result to the start and not out of the app,
 * and a reload leads to where one was.
 */
final class Trail {
  /** The places. */
  enum Place {
    START,
    PHOTO,
    LIVE,
    FILM,
    /** The sheet of formats over a photo. */
    SHEET
  }

  private Place here = Place.START;

  /** Receives a place that the user has gone back or forward to. */
  void start(Consumer<Place> arrived) {
    if (place().equals(Place.LIVE.name()) || place().equals(Place.FILM.name())) {
      // A reload does not open a camera, and films are not kept.
      enter(Place.START.name(), false);
    }
    here = Place.valueOf(place());
    onReturn(
        () -> {
          here = Place.valueOf(place());
          arrived.accept(here);
        });
  }

  /** Where the user is. */
  Place here() {
    return here;
  }

  /**
   * Goes to a place; from one photo or the camera to another there is no way back, from a film
   * there is.
   */
  void go(Place place) {
    if (place == here) {
      return;
    }
    boolean deeper = here == Place.START || place == Place.SHEET || place == Place.FILM;
    here = place;
    enter(place.name(), deeper);
  }

  /** Goes where the browser's back button leads. */
  @JSBody(script = "history.back();")
  static native void back();

  /** The number of the photo that is shown, to find it after a reload; 0 for none. */
  @JSBody(script = "return history.state && history.state.photo || 0;")
  static native int photo();

  /** Remembers the number of the photo that is shown. */
  @JSBody(
      params = "number",
      script =
          """
          var state = history.state;
          if (state && state.place === 'PHOTO') {
            history.replaceState({ place: state.place, photo: number }, '');
          }
          """)
  static native void remember(int number);

  @JSBody(script = "return history.state && history.state.place || 'START';")
  private static native String place();

  @JSBody(
      params = {"place", "deeper"},
      script =
          """
          var photo = history.state && history.state.photo || 0;
          var state = { place: place, photo: place === 'SHEET' ? photo : 0 };
          if (deeper) history.pushState(state, '');
          else history.replaceState(state, '');
          """)
  private static native void enter(String place, boolean deeper);

  @JSFunctor
  private interface Action extends JSObject {
    void run();
  }

  @JSBody(
      params = "action",
      script = "window.addEventListener('popstate', function() { action(); });")
  private static native void onReturn(Action action);
}
