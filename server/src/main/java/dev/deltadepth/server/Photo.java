package dev.deltadepth.server;

import dev.deltadepth.server.http.ServerException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** The photo in a request's body: the body itself, or the file in a form. */
final class Photo {
  private static final int MOST_PARTS = 16;

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
   * @throws ServerException with 400 for an empty body, or a form that is damaged or has no file
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
    String boundary = MultiPart.extractBoundary(contentType);
    if (boundary == null) {
      throw damaged();
    }
    FirstFile file = new FirstFile(body.length);
    MultiPart.Parser parser = new MultiPart.Parser(boundary, file);
    parser.setMaxParts(MOST_PARTS);
    parser.parse(Content.Chunk.from(ByteBuffer.wrap(body), true));
    if (!file.whole) {
      throw damaged();
    }
    if (file.content == null) {
      throw new ServerException(400, "the form has no file: send the photo as a file named image");
    }
    return file.content;
  }

  private static ServerException damaged() {
    return new ServerException(400, "the form is cut off or damaged; send it again");
  }

  /** Keeps the content of the form's first file. */
  private static final class FirstFile extends MultiPart.AbstractPartsListener {
    private final ByteBuffer part;
    private byte @Nullable [] content;
    private boolean whole;

    FirstFile(int most) {
      this.part = ByteBuffer.allocate(most);
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
      part.put(chunk.getByteBuffer());
    }

    @Override
    public void onPart(String name, String fileName, HttpFields headers) {
      if (content == null && fileName != null) {
        part.flip();
        content = new byte[part.remaining()];
        part.get(content);
      }
      part.clear();
    }

    @Override
    public void onComplete() {
      super.onComplete();
      whole = true;
    }

    @Override
    public void onFailure(Throwable problem) {
      whole = false;
    }
  }
}
