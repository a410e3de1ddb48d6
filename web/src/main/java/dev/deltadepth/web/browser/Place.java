package dev.deltadepth.web.browser;

/** Where the model runs. */
public enum Place {
  /** On the device, in WebAssembly with SIMD and several threads. */
  THREADS,
  /** On the device, in WebAssembly with SIMD. */
  SIMD,
  /** On the device, in WebAssembly without SIMD: three to four times slower. */
  BASIC,
  /** On the device, on its graphics processor. */
  GRAPHICS,
  /** On the server that provides the app, because the device cannot run it. */
  SERVER
}
