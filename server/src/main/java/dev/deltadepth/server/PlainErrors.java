package dev.deltadepth.server;

import dev.deltadepth.server.http.Problem;
import dev.deltadepth.server.http.RequestId;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Formats what Jetty itself refuses, such as headers that are too long, like all refusals. */
final class PlainErrors extends ErrorHandler {
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    SecurityHeaders.addTo(response.getHeaders());
    String id = RequestId.of(request);
    response.getHeaders().put(RequestId.HEADER, id);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.write(true, ByteBuffer.wrap(Problem.json(status, detail(status), id)), callback);
  }

  private static String detail(int status) {
    return switch (status) {
      case 400 -> "the request is not valid HTTP, or its path is ambiguous";
      case 417 -> "the only expectation that is met is 100-continue";
      case 414 -> "the address is too long";
      case 431 -> "the headers are too long";
      case 503 -> "the server is stopping";
      default -> "the server could not answer this request";
    };
  }
}
