package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Place;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArray;
import org.teavm.jso.core.JSString;

/** The page's side of the service worker, which keeps the app usable offline. */
final class Installation {
  private static final String SERVER_DESCRIPTION = "api/v1/model";

  private Installation() {}

  /** Starts the service worker; {@code newer} receives an action to switch to a new version. */
  static void start(Consumer<Runnable> newer) {
    register(use -> newer.accept(use::run));
  }

  /** Stores the files that the model needs for offline use. */
  static void keep(Place place, String modelAddress) {
    JSArray<JSString> names = new JSArray<>();
    switch (place) {
      case THREADS -> {
        names.push(JSString.valueOf("ort-threads.js"));
        names.push(JSString.valueOf("ort-wasm-simd-threaded.wasm"));
      }
      case SIMD -> names.push(JSString.valueOf("ort-wasm-simd.wasm"));
      case BASIC -> names.push(JSString.valueOf("ort-wasm.wasm"));
      // The service worker keeps the files for graphics as they are fetched.
      case GRAPHICS, SERVER -> {
        return;
      }
    }
    names.push(JSString.valueOf(modelAddress));
    if (modelAddress.startsWith(SERVER_DESCRIPTION)) {
      names.push(JSString.valueOf(SERVER_DESCRIPTION));
    }
    keep(names);
  }

  @JSFunctor
  private interface Use extends JSObject {
    void run();
  }

  @JSFunctor
  private interface Newer extends JSObject {
    void accept(Use use);
  }

  @JSBody(
      params = "names",
      script =
          """
          if ('serviceWorker' in navigator) {
            navigator.serviceWorker.ready.then(function(registration) {
              registration.active.postMessage(names);
            });
          }
          """)
  private static native void keep(JSArray<JSString> names);

  /** A new worker waits until the user wants it; then the page reloads. */
  @JSBody(
      params = "newer",
      script =
          """
          if (!('serviceWorker' in navigator)) return;
          navigator.serviceWorker.register('sw.js').then(function(registration) {
            function offer() {
              if (registration.waiting && navigator.serviceWorker.controller) {
                newer(function() { use(registration.waiting); });
              }
            }
            function use(next) {
              if (!next) return location.reload();
              next.addEventListener('statechange', function() {
                if (next.state === 'activated') location.reload();
              });
              next.postMessage('use');
            }
            offer();
            registration.addEventListener('updatefound', function() {
              registration.installing.addEventListener('statechange', offer);
            });
            setInterval(function() { registration.update().catch(function() {}); }, 3600000);
          }).catch(function() {});
          """)
  private static native void register(Newer newer);
}
