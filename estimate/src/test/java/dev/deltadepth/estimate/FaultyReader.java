package dev.deltadepth.estimate;

import dev.deltadepth.io.Picture;
import dev.deltadepth.io.PictureKind;
import dev.deltadepth.io.PictureLimits;
import dev.deltadepth.io.PictureReader;

/** A reader of JPEG 2000 with a fault that nobody has foreseen. */
public final class FaultyReader implements PictureReader {
  @Override
  public boolean reads(PictureKind kind) {
    return kind == PictureKind.JPEG_2000;
  }

  @Override
  public Picture read(byte[] content, PictureKind kind, String name, PictureLimits limits) {
    throw new IndexOutOfBoundsException("Index 7 out of bounds for length 7");
  }
}
