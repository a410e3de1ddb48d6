package dev.deltadepth.android;

import dev.deltadepth.android.work.Engine;
import dev.deltadepth.android.work.Estimate;
import dev.deltadepth.android.work.Estimator;
import dev.deltadepth.android.work.Photo;
import dev.deltadepth.android.work.Sample;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;

/** An estimator that takes no time: what is red is near. */
class FixedEstimator implements Estimator {
  static final int SIZE = 256;
  private static final int SIDE = 16;

  @Override
  public Estimate estimate(Photo photo) {
    throw new IllegalStateException("no photo is expected here");
  }

  @Override
  public Sample sample(Engine engine, RgbImage picture) {
    return new Sample(map(picture, SIZE), 10);
  }

  @Override
  public void renew() {}

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public DepthMap map(RgbImage picture, int shorterSide) {
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      int x = i % SIDE * picture.width() / SIDE;
      int y = i / SIDE * picture.height() / SIDE;
      values[i] = picture.value(x, y, 0) / 255f;
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, SIDE, SIDE, values);
  }
}
