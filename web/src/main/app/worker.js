// The worker is the same program as the page; it detects that it has no document.
//
// Vector instructions, if the browser accepts a module with one; and several threads, for which it
// shares memory only with pages that are isolated from other origins (sw.js).
self.wasmSimd = typeof WebAssembly !== 'undefined' && WebAssembly.validate(new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11]));
self.wasmThreads = self.wasmSimd && self.crossOriginIsolated
  ? Math.min(4, Math.ceil(navigator.hardwareConcurrency / 2)) : 1;
importScripts(self.wasmThreads > 1 ? 'ort-threads.js' : 'ort.js', 'app.js');
main();
