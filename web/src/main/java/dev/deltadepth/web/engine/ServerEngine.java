package dev.deltadepth.web.engine;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.web.browser.Place;
import dev.deltadepth.web.browser.WebException;
import java.util.function.Consumer;
import org.teavm.jso.browser.Performance;

/**
 * The model on the server that the app came from, through its API: for devices that cannot run it.
 */
final class ServerEngine implements Engine {
  /** What is sent is not larger than this: the network sees less anyway. */
  private static final int SHORTER_SIDE = 512;

  private final String api;

  /** An engine that posts to {@code api + "depth"}. */
  ServerEngine(String api) {
    this.api = api;
  }

  @Override
  public Place place() {
    return Place.SERVER;
  }

  @Override
  public void estimate(
      RgbImage picture, int size, Consumer<Estimate> done, Consumer<String> failed) {
    double start = Performance.now();
    Download.post(
        api + "depth?format=npy" + (size == 0 ? "" : "&size=" + size),
        PngEncoder.rgb(smaller(picture)),
        bytes -> {
          DepthMap map;
          try {
            map = NpyMap.read(bytes);
          } catch (WebException e) {
            failed.accept(String.valueOf(e.getMessage()));
            return;
          }
          done.accept(new Estimate(map, Performance.now() - start));
        },
        failed);
  }

  private static RgbImage smaller(RgbImage picture) {
    if (Math.min(picture.width(), picture.height()) <= SHORTER_SIDE) {
      return picture;
    }
    InputSize size = InputSize.ofPhoto(picture.width(), picture.height(), SHORTER_SIDE, 1);
    return Resizer.resize(picture, size.width(), size.height(), Resizer.Filter.BICUBIC);
  }
}
