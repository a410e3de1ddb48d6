package dev.deltadepth.web.engine;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.PngEncoder;
import dev.deltadepth.web.browser.Place;
import dev.deltadepth.web.browser.WebException;
import java.util.function.Consumer;
import org.teavm.jso.browser.Performance;

/**
 * Runs the model on the server that provides the app, through its API, for devices that cannot run
 * it.
 */
final class ServerEngine implements Engine {
  /** Shorter side of images sent to the server at most; the network's input is smaller anyway. */
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
  public void estimate(RgbImage image, int size, Consumer<Estimate> done, Consumer<String> failed) {
    double start = Performance.now();
    Download.post(
        api + "depth?format=npy" + (size == 0 ? "" : "&size=" + size),
        PngEncoder.rgb(reduced(image)),
        bytes -> {
          DepthMap map;
          try {
            map = NpyMap.read(bytes);
          } catch (WebException e) {
            failed.accept(String.valueOf(e.getMessage()));
            return;
          }
          done.accept(new Estimate(map, Performance.now() - start, Place.SERVER));
        },
        failed);
  }

  private static RgbImage reduced(RgbImage image) {
    if (Math.min(image.width(), image.height()) <= SHORTER_SIDE) {
      return image;
    }
    InputSize size = InputSize.ofPhoto(image.width(), image.height(), SHORTER_SIDE, 1);
    return Resizer.resize(image, size.width(), size.height(), Resizer.Filter.BICUBIC);
  }
}
