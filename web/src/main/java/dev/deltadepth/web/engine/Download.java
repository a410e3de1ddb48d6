package dev.deltadepth.web.engine;

import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.ajax.XMLHttpRequest;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Int8Array;

/** HTTP requests. Uses XMLHttpRequest because it reports progress in every browser. */
public final class Download {
  private static final int OK = 200;

  private Download() {}

  /** Listener for progress. */
  interface Progress {
    /**
     * Called with the number of bytes so far.
     *
     * @param total 0 if the server does not report it
     */
    void at(int loaded, int total);
  }

  /** Gets a file; {@code failed} receives the address and the status. */
  static void get(
      String address, Progress progress, Consumer<byte[]> done, Consumer<String> failed) {
    XMLHttpRequest request = request("GET", address, done, failed);
    request.onProgress(
        event -> progress.at(event.getLoaded(), event.isLengthComputable() ? event.getTotal() : 0));
    request.send();
  }

  /** Posts a PNG image; {@code done} receives the response. */
  static void post(String address, byte[] png, Consumer<byte[]> done, Consumer<String> failed) {
    XMLHttpRequest request = request("POST", address, done, failed);
    request.setRequestHeader("Content-Type", "image/png");
    request.send(Int8Array.copyFromJavaArray(png));
  }

  /**
   * Lets the server that provides the app decode a photo; {@code done} receives it as JPEG.
   *
   * @param file what the user chose; it leaves the device
   */
  public static void decoded(Blob file, Consumer<Int8Array> done, Consumer<String> failed) {
    XMLHttpRequest request =
        request(
            "POST",
            DepthWorker.API + "photo",
            bytes -> done.accept(Int8Array.copyFromJavaArray(bytes)),
            failed);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    send(request, file);
  }

  @JSBody(
      params = {"request", "file"},
      script = "request.send(file);")
  private static native void send(XMLHttpRequest request, Blob file);

  private static XMLHttpRequest request(
      String method, String address, Consumer<byte[]> done, Consumer<String> failed) {
    XMLHttpRequest request = new XMLHttpRequest();
    request.open(method, address, true);
    request.setResponseType("arraybuffer");
    String token = token();
    if (!token.isEmpty()) {
      request.setRequestHeader("Authorization", "Bearer " + token);
    }
    request.onLoad(
        event -> {
          if (request.getStatus() == OK) {
            ArrayBuffer bytes = (ArrayBuffer) request.getResponse();
            done.accept(new Int8Array(bytes).toJavaArray());
          } else {
            failed.accept(address + ": " + request.getStatus());
          }
        });
    request.onError(event -> failed.accept(address + ": no connection"));
    return request;
  }

  /**
   * The access token after {@code #token=} in the page's address, which the page also passes to its
   * worker. Empty if there is none.
   */
  @JSBody(
      script =
          """
          var found = /[#&]token=([^&]*)/.exec(self.location.hash);
          return found ? decodeURIComponent(found[1]) : '';
          """)
  private static native String token();
}
