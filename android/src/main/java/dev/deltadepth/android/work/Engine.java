package dev.deltadepth.android.work;

import dev.deltadepth.runtime.Provider;
import java.util.ArrayList;
import java.util.List;

/**
 * What the network runs on.
 *
 * @param provider the part of ONNX Runtime
 * @param threads of the processor
 */
public record Engine(Provider provider, int threads) {
  /** More than the fast cores of a phone: slow cores only hold the others up. */
  private static final int MOST_THREADS = 4;

  /** The processor. */
  public static Engine cpu(int threads) {
    return new Engine(Provider.CPU, threads);
  }

  /** What is used until something else has proved to be quicker. */
  static Engine usual() {
    return cpu(cores());
  }

  private static int cores() {
    return Math.max(1, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
  }

  /** All that are tried; the first one says what is correct. */
  static List<Engine> candidates() {
    List<Engine> all = new ArrayList<>();
    for (int threads = 1; threads <= cores(); threads *= 2) {
      all.add(cpu(threads));
    }
    all.add(new Engine(Provider.XNNPACK, cores()));
    all.add(new Engine(Provider.NNAPI, 1));
    return all;
  }

  /** As it is kept: {@code CPU-4}. */
  @Override
  public String toString() {
    return provider.name() + "-" + threads;
  }

  /** The one with a name as it is kept. */
  static Engine named(String name) {
    int dash = name.indexOf('-');
    return new Engine(
        Provider.valueOf(name.substring(0, dash)), Integer.parseInt(name.substring(dash + 1)));
  }
}
