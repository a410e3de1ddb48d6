package dev.deltadepth.datasets;

import dev.deltadepth.core.DeltaException;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import java.util.function.Supplier;

/**
 * One picture of a set and its ground truth. Both are read on demand, every time, by any thread.
 */
public final class Sample {
  private final String id;
  private final String source;
  private final String sequence;
  private final Supplier<RgbImage> image;
  private final Supplier<DepthMap> truth;

  private Sample(
      String id,
      String source,
      String sequence,
      Supplier<RgbImage> image,
      Supplier<DepthMap> truth) {
    this.id = id;
    this.source = source;
    this.sequence = sequence;
    this.image = image;
    this.truth = truth;
  }

  /**
   * A picture with ground truth.
   *
   * @param id its name in the set, see {@link #id}
   * @param source for messages: the picture's file, or the file and the place in it
   * @param image reads the picture; called by several threads at once
   * @param truth reads the ground truth, see {@link #truth}; called by several threads at once
   */
  public static Sample of(
      String id, String source, Supplier<RgbImage> image, Supplier<DepthMap> truth) {
    return new Sample(id, source, "", image, truth);
  }

  /**
   * A picture without ground truth, for a set of {@link TruthKind#NONE}.
   *
   * @param id its name in the set, see {@link #id}
   * @param source for messages: the picture's file, or the file and the place in it
   * @param image reads the picture; called by several threads at once
   */
  public static Sample unlabelled(String id, String source, Supplier<RgbImage> image) {
    return of(
        id,
        source,
        image,
        () -> {
          throw new IllegalStateException(source + " has no ground truth");
        });
  }

  /** The same as a frame of a sequence, see {@link #sequence}. */
  public Sample in(String name) {
    return new Sample(id, source, name, image, truth);
  }

  /**
   * The picture's name, unique in the set and the same on every machine. It can be a file's name,
   * without extension; a '/' in it separates folders.
   */
  public String id() {
    return id;
  }

  /** For messages: the picture's file, or the file and the place in it. */
  public String source() {
    return source;
  }

  /**
   * The sequence that the picture is a frame of; empty for a single picture. Frames of a sequence
   * are in the order of time.
   */
  public String sequence() {
    return sequence;
  }

  /**
   * The picture.
   *
   * @throws DatasetException if it cannot be read
   */
  public RgbImage image() {
    return read(image);
  }

  /**
   * The ground truth: metres, or disparity without unit, by the set's kind; NaN where there is no
   * value. Its size may differ from the picture's, but it always shows all of the picture.
   *
   * @throws DatasetException if it cannot be read
   * @throws IllegalStateException if the picture is unlabelled
   */
  public DepthMap truth() {
    return read(truth);
  }

  private <T> T read(Supplier<T> part) {
    try {
      return part.get();
    } catch (FileException e) {
      throw new DatasetException("in the evaluation data: " + e.getMessage(), e);
    } catch (DeltaException | IllegalStateException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      // Readers of other people's formats fail on damaged files in every way.
      throw DatasetException.of(source, " or its ground truth is damaged: copy it again", e);
    }
  }
}
