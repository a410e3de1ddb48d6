// Keeps the app usable offline: all its files are stored once, and replaced together when a new
// version is published. pack.mjs fills in the version and the names.
const CACHE = 'delta-VERSION';
const SERVER_MODEL = 'delta-server-model';
// A photo or film that another app has shared, until the page takes it.
const SHARED = 'shared-photo';
// Fetched on first use only; a browser needs just one of the WebAssembly files.
const WHEN_USED = ['ort-wasm.wasm', 'ort-wasm-simd.wasm', 'ort-wasm-simd-threaded.wasm', 'ort-threads.js',
  'ort-graphics.js', 'ort-graphics.wasm', 'delta.onnx', 'sample.jpg'];
const NAMES = ['FILES'];
// Browsers share memory between threads only on pages that are isolated from other origins. With two
// cores the page and the model have one each already.
const ISOLATED = self.navigator.hardwareConcurrency > 2 ? ['', 'index.html', 'worker.js', 'graphics.js'] : [];
const here = self.location.href.replace(/[^/]*$/, '');

self.addEventListener('install', (event) => {
  const first = NAMES.filter((name) => !WHEN_USED.includes(name));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(
      ['./'].concat(first).map((name) => new Request(name, { cache: 'no-cache' })))));
});

self.addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('delta-') && name !== CACHE && name !== SERVER_MODEL;
  event.waitUntil(caches.keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()));
});

// 'use': the user wants the new version now. A list of names: store the files that the page fetched
// before this worker controlled it; the browser still has them cached, so they are not downloaded twice.
self.addEventListener('message', (event) => {
  if (event.data === 'use') self.skipWaiting();
  else event.waitUntil(Promise.all(event.data.map(keep)));
});

async function keep(name) {
  const cache = await caches.open(name.startsWith('api/') ? SERVER_MODEL : CACHE);
  if (!(await cache.match(name))) await cache.add(name);
}

self.addEventListener('fetch', (event) => {
  const request = event.request;
  const name = request.url.startsWith(here) ? request.url.slice(here.length).split(/[?#]/)[0] : null;
  if (request.method === 'POST' && name === 'share') event.respondWith(shared(request));
  if (request.method !== 'GET' || name === null) return;
  if (name === '' || NAMES.includes(name)) {
    const answer = stored(request, name);
    event.respondWith(ISOLATED.includes(name) ? answer.then(isolated) : answer);
  } else if (name === 'api/v1/model' || name === 'api/v1/model.onnx') {
    event.respondWith(fresh(request));
  }
});

// From the cache; missing files are fetched and stored.
async function stored(request, name) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(name === '' ? './' : name);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(name, answer.clone());
  return answer;
}

function isolated(answer) {
  const headers = new Headers(answer.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}

// Keeps what was shared and leads to the page, which no form can do with a file.
async function shared(request) {
  const photo = (await request.formData()).get('photo');
  if (photo instanceof File) {
    const headers = { 'X-Name': encodeURIComponent(photo.name) };
    await (await caches.open(SHARED)).put('photo', new Response(photo, { headers }));
  }
  return Response.redirect('./?shared', 303);
}

// From the server, whose model may have changed; offline, the last one.
async function fresh(request) {
  const cache = await caches.open(SERVER_MODEL);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const found = await cache.match(request);
    if (found) return found;
    throw error;
  }
}
