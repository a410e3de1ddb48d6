package dev.deltadepth.server;

import dev.deltadepth.server.http.FormFile;
import dev.deltadepth.server.http.ServerException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.io.Content;

/** The photo in a request's body: the body itself, or the file in a form. */
final class Photo {
  /** Its name in a form. */
  private static final String FIELD = "image";

  private Photo() {}

  /**
   * Checks a body's type before it is read. Photos are recognised by their content, so any type
   * that may hold one is accepted, including curl's default.
   *
   * @throws ServerException with 415 for a type that cannot hold a photo
   */
  static void check(Optional<String> contentType, Optional<String> contentEncoding) {
    String type = type(contentType);
    boolean image =
        type.isEmpty()
            || type.startsWith("image/")
            || type.equals("application/octet-stream")
            || type.equals("application/x-www-form-urlencoded");
    if (!image && !type.equals("multipart/form-data")) {
      throw new ServerException(
          415, "send the photo as image/*, application/octet-stream or multipart/form-data");
    }
    if (contentEncoding.isPresent() && !contentEncoding.get().equalsIgnoreCase("identity")) {
      throw new ServerException(415, "send the photo without a content encoding");
    }
  }

  /**
   * The photo's file.
   *
   * @throws ServerException with 400 for an empty body, or a form that is damaged, has no file or
   *     has more than that
   */
  static byte[] of(byte[] body, Optional<String> contentType) {
    if (body.length == 0) {
      throw new ServerException(400, "the body is empty: send a photo");
    }
    return type(contentType).equals("multipart/form-data")
        ? inForm(body, contentType.orElseThrow())
        : body;
  }

  private static String type(Optional<String> contentType) {
    String text = contentType.orElse("");
    int parameters = text.indexOf(';');
    return (parameters < 0 ? text : text.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  private static byte[] inForm(byte[] body, String contentType) {
    ByteBuffer file = ByteBuffer.allocate(body.length);
    FormFile form =
        new FormFile(contentType, FIELD) {
          @Override
          protected void take(Content.Chunk chunk) {
            file.put(chunk.getByteBuffer());
          }
        };
    form.add(Content.Chunk.from(ByteBuffer.wrap(body), false));
    form.end();
    return Arrays.copyOf(file.array(), file.position());
  }
}
