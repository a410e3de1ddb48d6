package dev.deltadepth.server.http;

import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;

/**
 * Takes the file out of a form that has one field, a file of a known name. Everything else is
 * refused, as unknown parameters are.
 */
public abstract class FormFile extends MultiPart.AbstractPartsListener {
  private static final int MOST_PARTS = 16;

  private final String field;
  private final MultiPart.Parser parser;
  private Optional<ServerException> refusal = Optional.empty();
  private boolean found;
  private boolean complete;

  /**
   * Prepares.
   *
   * @param contentType of the form
   * @param field the name of the file
   * @throws ServerException with 400 if the type names no boundary
   */
  protected FormFile(String contentType, String field) {
    this.field = field;
    String boundary = MultiPart.extractBoundary(contentType);
    if (boundary == null) {
      throw damaged();
    }
    parser = new MultiPart.Parser(boundary, this);
    parser.setMaxParts(MOST_PARTS);
  }

  /**
   * The next bytes of the file.
   *
   * @throws ServerException if they cannot be kept
   */
  protected abstract void take(Content.Chunk chunk);

  /**
   * Reads some bytes of the form.
   *
   * @throws ServerException with 400 if it is damaged or has other fields; what {@link #take}
   *     throws
   */
  public final void add(Content.Chunk chunk) {
    parser.parse(chunk);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  /**
   * Ends the form.
   *
   * @throws ServerException with 400 if it is cut off or has no file
   */
  public final void end() {
    add(Content.Chunk.EOF);
    if (!complete) {
      throw damaged();
    }
    if (!found) {
      throw new ServerException(400, "the form has no file: send one named " + field);
    }
  }

  private static ServerException damaged() {
    return new ServerException(400, "the form is cut off or damaged; send it again");
  }

  private void refuse(ServerException problem) {
    refusal = refusal.or(() -> Optional.of(problem));
  }

  @Override
  public final void onPartHeaders() {
    if (!field.equals(getName())) {
      refuse(new ServerException(400, "unknown field in the form: send one file, named " + field));
    } else if (getFileName() == null) {
      refuse(new ServerException(400, "the form has no file: " + field + " is a text"));
    } else if (found) {
      refuse(new ServerException(400, field + " is given twice in the form"));
    }
    found = true;
  }

  @Override
  public final void onPartContent(Content.Chunk chunk) {
    if (refusal.isPresent()) {
      return;
    }
    try {
      take(chunk);
    } catch (ServerException e) {
      refuse(e);
    }
  }

  @Override
  public final void onPart(String name, String fileName, HttpFields headers) {
    // It was checked when it began.
  }

  @Override
  public final void onComplete() {
    super.onComplete();
    complete = true;
  }

  @Override
  public final void onFailure(Throwable problem) {
    refuse(damaged());
  }
}
