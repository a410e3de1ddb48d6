package dev.deltadepth.web.browser;

import java.util.Locale;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.workers.Worker;

/** Browser features that TeaVM's own classes do not cover, for page and worker. */
public final class Browser {

  private Browser() {}

  /** Whether this is a page; a worker has no document. */
  @JSBody(script = "return typeof document !== 'undefined';")
  public static native boolean hasDocument();

  /** The fragment of the address, including the {@code #}; browsers never send it to a server. */
  @JSBody(script = "return self.location.hash;")
  public static native String fragment();

  /** Listens, in a worker, to messages from its page. */
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

  /** The same; the buffer is transferred and is empty here afterwards. */
  @JSBody(
      params = {"message", "buffer"},
      script = "self.postMessage(message, buffer ? [buffer] : []);")
  public static native void answer(Message message, ArrayBuffer buffer);

  /** Sends a message to a worker; the buffer is transferred and is empty here afterwards. */
  @JSBody(
      params = {"worker", "message", "buffer"},
      script = "worker.postMessage(message, buffer ? [buffer] : []);")
  public static native void send(Worker worker, Message message, ArrayBuffer buffer);

  /**
   * Gives the bytes of a large array back at once, where the browser lets a program do so: left to
   * its garbage collector they stay for minutes. The array is empty afterwards.
   */
  @JSBody(
      params = "buffer",
      script = "if (buffer && buffer.transfer && !buffer.detached) buffer.transfer(0);")
  public static native void free(ArrayBuffer buffer);

  /** A setting stored on this device; empty if there is none or storage is blocked. */
  @JSBody(
      params = "key",
      script =
          "try { return localStorage.getItem('delta.' + key) || ''; } catch (e) { return ''; }")
  public static native String setting(String key);

  /** Stores a setting on this device, if storage is allowed. */
  @JSBody(
      params = {"key", "value"},
      script = "try { localStorage.setItem('delta.' + key, value); } catch (e) { }")
  public static native void keep(String key, String value);

  /** Whether a media query matches; false if the browser does not support queries. */
  @JSBody(
      params = "query",
      script = "return typeof matchMedia === 'function' && matchMedia(query).matches;")
  public static native boolean matches(String query);

  /** Runs an action whenever a media query starts or stops matching. */
  public static void onChange(String query, Runnable action) {
    listen(query, action::run);
  }

  @JSFunctor
  private interface Action extends JSObject {
    void run();
  }

  /**
   * Runs an action later. (TeaVM's own {@code Window.setTimeout} is compiled wrongly where it is
   * inlined into a long method.)
   *
   * @return a number for {@link #cancel}
   */
  public static int later(Runnable action, int milliseconds) {
    return timer(action::run, milliseconds);
  }

  @JSBody(
      params = {"action", "milliseconds"},
      script = "return setTimeout(function() { action(); }, milliseconds);")
  private static native int timer(Action action, int milliseconds);

  /** Cancels what was to run later. */
  @JSBody(params = "timer", script = "clearTimeout(timer);")
  public static native void cancel(int timer);

  /** Uses addListener, because Safari before 14 supports nothing else. */
  @JSBody(
      params = {"query", "action"},
      script =
          """
          if (typeof matchMedia === 'function') {
            matchMedia(query).addListener(function() { action(); });
          }
          """)
  private static native void listen(String query, Action action);

  /** Whether the page is in a tab or window that cannot be seen. */
  @JSBody(script = "return document.visibilityState === 'hidden';")
  public static native boolean isHidden();

  /** Keeps the screen from being switched off, or no longer, where a page may ask for that. */
  @JSBody(
      params = "awake",
      script =
          """
          var lock = self.deltaLock;
          if (lock) lock.then(function(held) { held.release(); }).catch(function() {});
          self.deltaLock = awake && navigator.wakeLock ? navigator.wakeLock.request('screen') : null;
          if (self.deltaLock) self.deltaLock.catch(function() {});
          """)
  public static native void keepAwake(boolean awake);

  /** Whether the device is online, as far as the browser knows. */
  @JSBody(script = "return navigator.onLine !== false;")
  public static native boolean isOnline();

  /** Whether a browser's error message means that it ran out of memory. */
  public static boolean isMemoryShort(String reason) {
    String text = reason.toLowerCase(Locale.ROOT);
    return text.contains("memory") || text.contains("alloc") || text.contains("array buffer");
  }
}
