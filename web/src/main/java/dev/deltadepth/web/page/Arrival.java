package dev.deltadepth.web.page;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.file.Blob;

/** What the system opens the app with: a photo or film that was shared or opened, or a shortcut. */
final class Arrival {

  private Arrival() {}

  /** Receives a file. */
  @JSFunctor
  interface Files extends JSObject {
    void accept(Blob file);
  }

  /** What a shortcut does. */
  @JSFunctor
  interface Action extends JSObject {
    void run();
  }

  /**
   * Looks at the address, which the manifest has given, and at the files that the system opens. A
   * reload does nothing of it again.
   */
  @JSBody(
      params = {"live", "open"},
      script =
          """
          var wish = location.search;
          if (wish === '?live' || wish === '?shared') {
            history.replaceState(history.state, '', location.pathname + location.hash);
          }
          if (wish === '?live') live();
          if (wish === '?shared' && window.caches) {
            caches.open('shared-photo').then(function(kept) {
              return kept.match('photo').then(function(answer) {
                return answer && answer.blob().then(function(photo) {
                  photo.name = decodeURIComponent(answer.headers.get('X-Name'));
                  open(photo);
                  return kept.delete('photo');
                });
              });
            }).catch(function() {});
          }
          if (window.launchQueue) {
            window.launchQueue.setConsumer(function(launch) {
              if (launch.files && launch.files[0]) launch.files[0].getFile().then(open);
            });
          }
          """)
  static native void start(Action live, Files open);
}
