package dev.deltadepth.io.view;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Frames;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The frames in order, the next ones being drawn while one is written: as many as there are
 * processors, so that memory does not grow with their number.
 */
public final class FramesAhead implements Iterator<RgbImage> {
  private final Frames frames;
  private final int ahead = Runtime.getRuntime().availableProcessors();
  private final Deque<CompletableFuture<RgbImage>> drawing = new ArrayDeque<>();
  private int next;

  /** Starts with the first frame. */
  public FramesAhead(Frames frames) {
    this.frames = frames;
  }

  @Override
  public boolean hasNext() {
    return !drawing.isEmpty() || next < frames.count();
  }

  @Override
  public RgbImage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    while (next < frames.count() && drawing.size() < ahead) {
      int index = next++;
      drawing.add(CompletableFuture.supplyAsync(() -> frames.frame(index)));
    }
    try {
      return drawing.remove().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw e;
    }
  }
}
