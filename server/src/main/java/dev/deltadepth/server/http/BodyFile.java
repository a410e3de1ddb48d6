package dev.deltadepth.server.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;

/**
 * Writes a request's body to a file as it arrives, without a waiting thread and without holding it
 * in memory: the body itself, or the file in a form.
 */
public final class BodyFile implements ReadListener {
  private static final int CHUNK = 1 << 16;
  private static final String FORM = "multipart/form-data";

  /** Is asked before bytes are kept. */
  @FunctionalInterface
  public interface Account {
    /**
     * So many more bytes.
     *
     * @throws ServerException if they are too many
     */
    void take(int bytes);
  }

  private final ServletInputStream in;
  private final Account account;
  private final OutputStream file;
  private final Optional<Form> form;
  private final CompletableFuture<Void> whole = new CompletableFuture<>();
  private final byte[] chunk = new byte[CHUNK];
  private boolean empty = true;

  private BodyFile(ServletInputStream in, Account account, OutputStream file, Optional<Form> form) {
    this.in = in;
    this.account = account;
    this.file = file;
    this.form = form;
  }

  /**
   * Starts reading.
   *
   * @param request an asynchronous request
   * @param field the file's name in a form
   * @param to the file, which is made
   * @return completed when the file is whole; fails with {@link ServerException}: what the account
   *     threw, 400 for an empty body or a form that is damaged, has no file or has more than that,
   *     503 if the file cannot be written; or with an {@link IOException} if the client
   *     disconnected. Completing it from outside stops reading.
   */
  public static CompletableFuture<Void> receive(
      HttpServletRequest request, String field, Path to, Account account) {
    OutputStream file;
    try {
      file = Files.newOutputStream(to);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(notStored());
    }
    try {
      String type = Optional.ofNullable(request.getContentType()).orElse("");
      Optional<Form> form = Optional.empty();
      if (type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
        form = Optional.of(new Form(type, field, Channels.newChannel(file)));
      }
      ServletInputStream in = Reply.body(request);
      BodyFile body = new BodyFile(in, account, file, form);
      var unused = body.whole.whenComplete((done, problem) -> close(file));
      in.setReadListener(body);
      return body.whole;
    } catch (IOException | IllegalStateException | ServerException e) {
      // The connection has been closed in the meantime, or the form has no boundary.
      close(file);
      return CompletableFuture.failedFuture(e);
    }
  }

  private static void close(OutputStream file) {
    try {
      file.close();
    } catch (IOException e) {
      // It holds nothing back.
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    while (!whole.isDone() && in.isReady()) {
      int count = in.read(chunk);
      if (count < 0) {
        return;
      }
      try {
        account.take(count);
        empty &= count == 0;
        store(count);
      } catch (ServerException e) {
        whole.completeExceptionally(e);
      }
    }
  }

  private void store(int count) {
    if (form.isPresent()) {
      form.get().add(Content.Chunk.from(ByteBuffer.wrap(chunk, 0, count), false));
      return;
    }
    try {
      file.write(chunk, 0, count);
    } catch (IOException e) {
      throw notStored();
    }
  }

  @Override
  public void onAllDataRead() {
    try {
      if (empty) {
        throw new ServerException(400, "the body is empty: send a file");
      }
      form.ifPresent(Form::end);
      whole.complete(null);
    } catch (ServerException e) {
      whole.completeExceptionally(e);
    }
  }

  @Override
  public void onError(Throwable problem) {
    whole.completeExceptionally(problem);
  }

  private static ServerException notStored() {
    return new ServerException(
        503, "the server cannot store the file, maybe its disk is full; try again later");
  }

  /** Writes the file of a form. */
  private static final class Form extends FormFile {
    private final WritableByteChannel file;

    Form(String contentType, String field, WritableByteChannel file) {
      super(contentType, field);
      this.file = file;
    }

    @Override
    protected void take(Content.Chunk chunk) {
      try {
        ByteBuffer bytes = chunk.getByteBuffer();
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
      } catch (IOException e) {
        throw notStored();
      }
    }
  }
}
