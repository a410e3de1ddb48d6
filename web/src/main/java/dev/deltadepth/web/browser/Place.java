package dev.deltadepth.web.browser;

/** Where the model runs. */
public enum Place {
  /** On the device, by WebAssembly with vector instructions. */
  SIMD,
  /** On the device, by WebAssembly without them: three to four times slower. */
  BASIC,
  /** On the server that the app came from, because the device cannot. */
  SERVER
}
