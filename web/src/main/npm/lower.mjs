// Writes WebAssembly without sign extensions, which Safari has known only since 14.1: each becomes
// a shift to the left and one back. The rest of ONNX Runtime's plain file is of the first version.

// Opcode: the constant's opcode, the bits to shift by, and the opcodes of the two shifts.
const EXTENSIONS = new Map([
  [0xc0, [0x41, 24, 0x74, 0x75]],
  [0xc1, [0x41, 16, 0x74, 0x75]],
  [0xc2, [0x42, 56, 0x86, 0x87]],
  [0xc3, [0x42, 48, 0x86, 0x87]],
  [0xc4, [0x42, 32, 0x86, 0x87]],
]);
const CODE = 10;

export function withoutSignExtensions(wasm) {
  const parts = [wasm.subarray(0, 8)];
  let at = 8;
  while (at < wasm.length) {
    const id = wasm[at];
    const [size, begin] = number(wasm, at + 1);
    const end = begin + size;
    if (id === CODE) {
      const code = lowered(wasm, begin);
      parts.push(Buffer.from([CODE, ...bytes(code.length)]), code);
    } else {
      parts.push(wasm.subarray(at, end));
    }
    at = end;
  }
  return Buffer.concat(parts);
}

function lowered(wasm, begin) {
  const [functions, first] = number(wasm, begin);
  const parts = [Buffer.from(bytes(functions))];
  let at = first;
  for (let i = 0; i < functions; i++) {
    const [size, from] = number(wasm, at);
    at = from + size;
    const body = loweredBody(wasm, from, at);
    parts.push(Buffer.from(bytes(body.length)), body);
  }
  return Buffer.concat(parts);
}

function loweredBody(wasm, from, end) {
  const parts = [];
  let done = from;
  let [groups, at] = number(wasm, from);
  for (; groups > 0; groups--) at = number(wasm, at)[1] + 1;
  while (at < end) {
    const extension = EXTENSIONS.get(wasm[at]);
    if (extension) {
      const [constant, bits, left, right] = extension;
      parts.push(wasm.subarray(done, at), Buffer.from([constant, bits, left, constant, bits, right]));
      done = at + 1;
    }
    at = next(wasm, at);
  }
  parts.push(wasm.subarray(done, end));
  return Buffer.concat(parts);
}

// Where the instruction after the one at a place begins.
function next(wasm, at) {
  const code = wasm[at];
  if (code === 0x0e) {
    // A table of branches, and the one for all other values.
    let [count, to] = number(wasm, at + 1);
    for (; count >= 0; count--) to = number(wasm, to)[1];
    return to;
  }
  if (code === 0x43) return at + 5;
  if (code === 0x44) return at + 9;
  if (code > 0xc4) throw new Error('lower.mjs does not know the instruction ' + code.toString(16));
  let to = at + 1;
  for (let i = numbersAfter(code); i > 0; i--) to = number(wasm, to)[1];
  return to;
}

function numbersAfter(code) {
  if (code === 0x11 || (code >= 0x28 && code <= 0x3e)) return 2;
  const one = (code >= 0x02 && code <= 0x04) || code === 0x0c || code === 0x0d || code === 0x10
      || (code >= 0x20 && code <= 0x24) || (code >= 0x3f && code <= 0x42);
  return one ? 1 : 0;
}

// A number of seven bits a byte, and where it ends. (Of signed ones only the end is used.)
function number(wasm, at) {
  let value = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = wasm[at++];
    value += (byte & 0x7f) * shift;
    if (byte < 0x80) return [value, at];
  }
}

function bytes(value) {
  const all = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...all, rest];
    all.push((rest % 128) | 0x80);
  }
}
