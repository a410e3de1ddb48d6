// Puts the app's files together: node pack.mjs APP_FOLDER APP_JS MODEL SAMPLE OUT
// Each text and WebAssembly file gets a .br and a .gz beside it, made anew only when it has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { transformSync } from 'esbuild';

const [appFolder, appJs, model, sample, out] = process.argv.slice(2);
const runtime = 'node_modules/onnxruntime-web/dist/';
// The oldest browsers the app is meant for: those of iOS 12 and Android 8.
const oldest = { target: ['es2017', 'safari12', 'chrome64'], minify: true, legalComments: 'inline' };

const files = new Map();
for (const name of readdirSync(appFolder)) files.set(name, readFileSync(join(appFolder, name)));
files.set('app.js', lowered(appJs));
files.set('ort.js', lowered(runtime + 'ort.wasm.min.js'));
for (const name of ['ort-wasm.wasm', 'ort-wasm-simd.wasm']) files.set(name, readFileSync(runtime + name));
files.set('delta.onnx', readFileSync(model));
files.set('sample.jpg', readFileSync(sample));

// The service worker knows all files, and a version that changes with any of them.
const version = createHash('sha256');
for (const name of [...files.keys()].sort()) version.update(name).update(files.get(name));
const names = [...files.keys()].filter((name) => name !== 'sw.js').sort();
files.set('sw.js', Buffer.from(files.get('sw.js').toString()
    .replace('VERSION', version.digest('hex').slice(0, 16))
    .replace("'FILES'", names.map((name) => `'${name}'`).join(', '))));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
mkdirSync('compressed', { recursive: true });
for (const [name, bytes] of files) {
  writeFileSync(join(out, name), bytes);
  if (/\.(js|html|css|svg|webmanifest|wasm)$/.test(name)) {
    write(name, bytes, '.br', () => zlib.brotliCompressSync(bytes, { params: {
      // 5 takes a second for a runtime, 11 half a minute, and saves a tenth.
      [zlib.constants.BROTLI_PARAM_QUALITY]: bytes.length > 2e6 ? 5 : 11,
      [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
    } }));
    write(name, bytes, '.gz', () => zlib.gzipSync(bytes, { level: 9 }));
  }
}

function lowered(file) {
  return Buffer.from(transformSync(readFileSync(file, 'utf8'), oldest).code);
}

function write(name, bytes, suffix, compress) {
  const kept = join('compressed', createHash('sha256').update(bytes).digest('hex') + suffix);
  if (!existsSync(kept)) writeFileSync(kept, compress());
  writeFileSync(join(out, name + suffix), readFileSync(kept));
}
