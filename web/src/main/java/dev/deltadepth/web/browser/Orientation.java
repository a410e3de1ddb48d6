package dev.deltadepth.web.browser;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** The device's orientation, as the browser reports it. */
public final class Orientation {

  private Orientation() {}

  /** Takes the angles of W3C Device Orientation and the screen's own, in degrees. */
  @JSFunctor
  public interface Listener extends JSObject {
    void turned(double alpha, double beta, double gamma, double screen);
  }

  /** Called when no orientation can be had. */
  @JSFunctor
  public interface Missing extends JSObject {
    void missing();
  }

  /** Whether this is a device that is held in the hand and may know how. */
  @JSBody(
      script =
          """
          return typeof DeviceOrientationEvent === 'function'
            && typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches;
          """)
  public static native boolean isLikely();

  /**
   * Listens until {@link #stop}. Must be called while a click is handled: iPhones ask the user.
   *
   * @param missing called once, if the user or the system refuses, or if nothing comes for three
   *     seconds
   * @return what {@link #stop} takes
   */
  @JSBody(
      params = {"listener", "missing"},
      script =
          """
          var state = { on: true, heard: null };
          var timer = 0;
          function none() {
            if (state.on) {
              state.on = false;
              self.removeEventListener('deviceorientation', state.heard);
              missing();
            }
          }
          state.heard = function(event) {
            if (state.on && event.beta !== null && event.gamma !== null) {
              clearTimeout(timer);
              var screen = self.screen.orientation
                ? self.screen.orientation.angle : self.orientation || 0;
              listener(event.alpha || 0, event.beta, event.gamma, screen);
            }
          };
          function listen() {
            if (state.on) {
              timer = setTimeout(none, 3000);
              self.addEventListener('deviceorientation', state.heard);
            }
          }
          var ask = DeviceOrientationEvent.requestPermission;
          if (typeof ask === 'function') {
            ask.call(DeviceOrientationEvent).then(function(answer) {
              if (answer === 'granted') listen(); else none();
            }, none);
          } else {
            listen();
          }
          return state;
          """)
  public static native JSObject start(Listener listener, Missing missing);

  /** Ends listening. */
  @JSBody(
      params = "state",
      script = "state.on = false; self.removeEventListener('deviceorientation', state.heard);")
  public static native void stop(JSObject state);
}
