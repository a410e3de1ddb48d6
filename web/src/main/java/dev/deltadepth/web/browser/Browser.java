package dev.deltadepth.web.browser;

import java.util.Locale;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.ArrayBuffer;

/** What of the browser TeaVM's own classes do not reach, for page and worker. */
public final class Browser {

  private Browser() {}

  /** Whether this is a page; a worker has no document. */
  @JSBody(script = "return typeof document !== 'undefined';")
  public static native boolean hasDocument();

  /** The part of the address behind the {@code #}, with it; browsers do not send it anywhere. */
  @JSBody(script = "return self.location.hash;")
  public static native String fragment();

  /** Has a worker's messages from its page handed over. */
  public static void onWorkerMessage(Consumer<Message> listener) {
    onMessage(listener::accept);
  }

  @JSFunctor
  private interface MessageListener extends JSObject {
    void accept(Message message);
  }

  @JSBody(
      params = "listener",
      script = "self.onmessage = function(event) { listener(event.data); };")
  private static native void onMessage(MessageListener listener);

  /** Sends a message from a worker to its page. */
  @JSBody(params = "message", script = "self.postMessage(message);")
  public static native void answer(Message message);

  /** The same; the buffer is handed over with it and is empty here afterwards. */
  @JSBody(
      params = {"message", "buffer"},
      script = "self.postMessage(message, buffer ? [buffer] : []);")
  public static native void answer(Message message, ArrayBuffer buffer);

  /** A setting that was kept on this device; empty where there is none or none may be kept. */
  @JSBody(
      params = "key",
      script =
          "try { return localStorage.getItem('delta.' + key) || ''; } catch (e) { return ''; }")
  public static native String setting(String key);

  /** Keeps a setting on this device where that is allowed. */
  @JSBody(
      params = {"key", "value"},
      script = "try { localStorage.setItem('delta.' + key, value); } catch (e) { }")
  public static native void keep(String key, String value);

  /** Whether a media query holds; false where queries are unknown. */
  @JSBody(
      params = "query",
      script = "return typeof matchMedia === 'function' && matchMedia(query).matches;")
  public static native boolean matches(String query);

  /** Has something done whenever a media query begins or ceases to hold. */
  public static void onChange(String query, Runnable action) {
    listen(query, action::run);
  }

  @JSFunctor
  private interface Action extends JSObject {
    void run();
  }

  /** addListener, because Safari before 14 knows nothing else. */
  @JSBody(
      params = {"query", "action"},
      script =
          """
          if (typeof matchMedia === 'function') {
            matchMedia(query).addListener(function() { action(); });
          }
          """)
  private static native void listen(String query, Action action);

  /** Whether the device has a network, as far as the browser knows. */
  @JSBody(script = "return navigator.onLine !== false;")
  public static native boolean isOnline();

  /** Whether a browser's words mean that memory did not suffice. */
  public static boolean isMemoryShort(String reason) {
    String words = reason.toLowerCase(Locale.ROOT);
    return words.contains("memory") || words.contains("alloc") || words.contains("array buffer");
  }
}
