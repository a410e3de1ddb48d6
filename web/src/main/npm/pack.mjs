// Puts the app's files together: node pack.mjs APP_FOLDER APP_JS MODEL SAMPLE OUT
// Each text and WebAssembly file gets a .br and a .gz beside it, made anew only when it has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { buildSync, transformSync } from 'esbuild';
import { withoutBigInt } from './longs.mjs';
import { withoutSignExtensions } from './lower.mjs';

const [appFolder, appJs, model, sample, out] = process.argv.slice(2);
const runtime = 'node_modules/onnxruntime-web/dist/';
const forGraphics = 'node_modules/onnxruntime-web-gpu/dist/';
// The oldest browsers the app is meant for: those of iOS 12 and Android 8.
const oldest = { target: ['es2017', 'safari12', 'chrome64'], minify: true, legalComments: 'inline' };

const files = new Map();
for (const name of readdirSync(appFolder)) files.set(name, readFileSync(join(appFolder, name)));
files.set('app.js', lowered(withLongs(readFileSync(appJs, 'utf8'))));
files.set('ort.js', lowered(readFileSync(runtime + 'ort.wasm.min.js', 'utf8')));
// With threads it starts workers from its own text, which has to stay as it is.
files.set('ort-threads.js', readFileSync(runtime + 'ort.wasm.min.js'));
files.set('ort-wasm.wasm', withoutSignExtensions(readFileSync(runtime + 'ort-wasm.wasm')));
files.set('ort-wasm-simd.wasm', readFileSync(runtime + 'ort-wasm-simd.wasm'));
files.set('ort-wasm-simd-threaded.wasm', readFileSync(runtime + 'ort-wasm-simd-threaded.wasm'));
// For graphics processors only.
files.set('ort-graphics.js', readFileSync(forGraphics + 'ort.webgpu.bundle.min.mjs'));
files.set('ort-graphics.wasm', readFileSync(forGraphics + 'ort-wasm-simd-threaded.asyncify.wasm'));
files.set('delta.onnx', readFileSync(model));
files.set('sample.jpg', readFileSync(sample));

// The service worker knows all files but those that only installers show, and a version that changes
// with any of them.
const version = createHash('sha256');
for (const name of [...files.keys()].sort()) version.update(name).update(files.get(name));
const names = [...files.keys()].filter((name) => name !== 'sw.js' && !name.startsWith('screen-')).sort();
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

function lowered(script) {
  return Buffer.from(transformSync(script, oldest).code);
}

// TeaVM computes Java's long with BigInt and keeps it in BigInt64Array, which Safari has since 14
// and 15. Its functions are replaced by JSBI's where BigInt is missing, and the array in any case.
function withLongs(app) {
  const own = app.match(/Long_ZERO = BigInt\(0\),[^]*?(?=,\n\$rt_create)/)[0];
  const names = [...new Set(own.match(/\bLong_\w+(?= = )/g))];
  const missing = names.filter((name) => !(name in withoutBigInt()));
  if (missing.length > 0) throw new Error('longs.mjs lacks ' + missing);
  const choice = `import { withoutBigInt } from './longs.mjs';
      function withBigInt() { const ${own}; return { ${names} }; }
      export const longs = typeof BigInt === 'function' ? withBigInt() : withoutBigInt();`;
  const longs = buildSync({ ...oldest, stdin: { contents: choice, resolveDir: '.' }, bundle: true,
      write: false, format: 'iife', globalName: 'delta' }).outputFiles[0].text;
  const bits = '$rt_numberConversionIntArray';
  let changed = app;
  for (const [from, to] of [
    [own + ',\n', `{ ${names} } = delta.longs;\nlet `],
    ['$rt_numberConversionLongArray = new BigInt64Array($rt_numberConversionBuffer),\n', ''],
    ['return $rt_numberConversionLongArray[0];', `return Long_create(${bits}[0] >>> 0, ${bits}[1]);`],
    ['$rt_numberConversionLongArray[0] = n;', `${bits}[0] = Long_lo(n); ${bits}[1] = Long_hi(n);`],
    ['let buffer = new BigInt64Array(data.length);\n    buffer.set(data);\n    return new $rt_longArrayCls(buffer);',
      'return new $rt_longArrayCls(data);'],
  ]) {
    if (!changed.includes(from)) throw new Error('TeaVM writes longs otherwise: ' + from);
    changed = changed.replace(from, () => to);
  }
  if (/BigInt64Array/.test(changed)) throw new Error('there are arrays of longs');
  return '"use strict";\n' + longs + changed;
}

function write(name, bytes, suffix, compress) {
  const kept = join('compressed', createHash('sha256').update(bytes).digest('hex') + suffix);
  if (!existsSync(kept)) writeFileSync(kept, compress());
  writeFileSync(join(out, name + suffix), readFileSync(kept));
}
