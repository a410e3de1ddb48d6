package dev.deltadepth.web.engine;

import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.ajax.XMLHttpRequest;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Int8Array;

/** Bytes over HTTP. XMLHttpRequest, because it tells its progress in every browser. */
public final class Download {
  private static final int OK = 200;

  private Download() {}

  /** Gets told how far it is. */
  interface Progress {
    /**
     * So far.
     *
     * @param total 0 when the server does not say
     */
    void at(int loaded, int total);
  }

  /** Gets a file; {@code failed} gets the status and the address. */
  static void get(
      String address, Progress progress, Consumer<byte[]> done, Consumer<String> failed) {
    XMLHttpRequest request = request("GET", address, done, failed);
    request.onProgress(
        event -> progress.at(event.getLoaded(), event.isLengthComputable() ? event.getTotal() : 0));
    request.send();
  }

  /** Posts a picture and gets the answer. */
  static void post(String address, byte[] picture, Consumer<byte[]> done, Consumer<String> failed) {
    XMLHttpRequest request = request("POST", address, done, failed);
    request.setRequestHeader("Content-Type", "image/png");
    request.send(Int8Array.copyFromJavaArray(picture));
  }

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
   * What a server that asks for a token has put behind {@code #token=} in the page's address; the
   * page hands it on in its worker's. Empty where there is none.
   */
  @JSBody(
      script =
          """
          var found = /[#&]token=([^&]*)/.exec(self.location.hash);
          return found ? decodeURIComponent(found[1]) : '';
          """)
  private static native String token();
}
