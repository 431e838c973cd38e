// SHA-256 (FIPS 180-4) of a text, for the name of a project's state directory. Node has it, too, but loading its
// crypto module takes ten milliseconds, a fifth of the time that a whole `--list` may take.

const roundConstants = fractions(64, Math.cbrt);
const firstHash = fractions(8, Math.sqrt);

export function sha256Hex(text: string): string {
  const message = padded(new TextEncoder().encode(text));
  const hash = Uint32Array.from(firstHash);
  const words = new Uint32Array(64);
  for (let offset = 0; offset < message.byteLength; offset += 64) {
    for (let at = 0; at < 16; at++) words[at] = message.getUint32(offset + at * 4);
    for (let at = 16; at < 64; at++) {
      const early = word(words, at - 15);
      const late = word(words, at - 2);
      const small = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
      const large = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
      words[at] = word(words, at - 16) + small + word(words, at - 7) + large;
    }
    mix(hash, words);
  }
  let hex = '';
  for (let at = 0; at < 8; at++) hex += word(hash, at).toString(16).padStart(8, '0');
  return hex;
}

function mix(hash: Uint32Array, words: Uint32Array): void {
  let a = word(hash, 0);
  let b = word(hash, 1);
  let c = word(hash, 2);
  let d = word(hash, 3);
  let e = word(hash, 4);
  let f = word(hash, 5);
  let g = word(hash, 6);
  let h = word(hash, 7);
  for (let at = 0; at < 64; at++) {
    const sumOfE = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sumOfE + choice + word(roundConstants, at) + word(words, at)) | 0;
    const sumOfA = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + sumOfA + majority) | 0;
  }
  const parts = [a, b, c, d, e, f, g, h];
  for (let at = 0; at < 8; at++) hash[at] = word(hash, at) + (parts[at] ?? 0);
}

/** The text, one bit, zeros, and its length in bits: whole blocks of 64 bytes. */
function padded(bytes: Uint8Array): DataView {
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const message = new Uint8Array(blocks * 64);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setUint32(blocks * 64 - 8, Math.floor(bytes.length / 0x2000_0000));
  view.setUint32(blocks * 64 - 4, bytes.length * 8);
  return view;
}

/** The first 32 bits after the binary point of the roots of the first primes. */
function fractions(count: number, root: (number: number) => number): Uint32Array {
  const bits = new Uint32Array(count);
  let found = 0;
  for (let number = 2; found < count; number++) {
    if (isPrime(number)) bits[found++] = (root(number) % 1) * 2 ** 32;
  }
  return bits;
}

function isPrime(number: number): boolean {
  for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) return false;
  return true;
}

function rotated(bits: number, by: number): number {
  return (bits >>> by) | (bits << (32 - by));
}

function word(words: Uint32Array, at: number): number {
  return words[at] ?? 0;
}
