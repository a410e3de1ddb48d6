// Runs the model on the graphics processor, in a worker of its own: two of the runtimes cannot share
// one. Says first whether there is such a processor; then takes the model, and one input after the
// other. The messages are those between page and worker (Message).
const WISH = { powerPreference: 'high-performance' };
// Programs that do a graphics processor's work on the main one.
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render/i;

const answer = (message, buffers) => self.postMessage(message, buffers || []);
const failed = (error) => answer({ type: 'failed', id: 0, text: String(error && error.message || error) });
const ready = () => answer({ type: 'ready', id: 0 });

async function find() {
  const adapter = await navigator.gpu.requestAdapter(WISH);
  if (!adapter) throw new Error('no graphics processor');
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const name = [vendor, architecture, device, description].join(' ');
  if (isFallbackAdapter || adapter.isFallbackAdapter || SOFTWARE.test(name)) {
    throw new Error('a program, not a graphics processor: ' + name);
  }
}

async function open(model) {
  const ort = await import('./ort-graphics.js');
  Object.assign(ort.env.wasm, { numThreads: 1, wasmPaths: { wasm: new URL('ort-graphics.wasm', self.location).href } });
  Object.assign(ort.env.webgpu, WISH);
  ort.env.logLevel = 'error';
  const session = await ort.InferenceSession.create(new Uint8Array(model), { executionProviders: ['webgpu'] });
  const device = await ort.env.webgpu.device;
  device.lost.then((loss) => failed('the graphics processor is gone: ' + loss.message));
  self.onmessage = (event) => run(ort, session, event.data).catch(failed);
}

async function run(ort, session, { data, width, height }) {
  const started = performance.now();
  const image = new ort.Tensor('uint8', new Uint8Array(data), [1, height, width, 3]);
  const { disparity } = await session.run({ image });
  const [, mapHeight, mapWidth] = disparity.dims;
  const map = disparity.data.buffer;
  answer({ type: 'map', id: 0, map, mapWidth, mapHeight, milliseconds: performance.now() - started }, [map]);
}

self.onmessage = (event) => open(event.data.data).then(ready, failed);
find().then(ready, failed);
