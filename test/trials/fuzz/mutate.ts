// One input made from others: bits and bytes changed, pieces cut, doubled, moved, or taken from elsewhere.

export type Random = () => number;

/** The same numbers for the same seed, so that a find can be repeated. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Material = {
  /** Inputs known to be interesting. */
  corpus: readonly Buffer[];
  /** Words that mean something to the parser under test. */
  words: readonly string[];
  maxBytes: number;
};

export function mutated({ corpus, words, maxBytes }: Material, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(pick(corpus, random));
  for (let count = 1 + below(6, random); count > 0; count--) {
    bytes = pick(changes, random)(bytes, { random, words, other: () => pick(corpus, random) });
  }
  return bytes.subarray(0, maxBytes);
}

type Help = { random: Random; words: readonly string[]; other: () => Buffer };
type Change = (bytes: Buffer, help: Help) => Buffer;

const telling = [
  0x00, 0x07, 0x09, 0x0a, 0x0d, 0x1b, 0x20, 0x22, 0x5b, 0x5c, 0x7b, 0x7f, 0x80, 0xff,
];
const numbers = ['0', '-1', '1', '1e999', '9007199254740993', '-0', '0.5', '4294967296', 'NaN'];

const changes: readonly Change[] = [
  (bytes, { random }) => changed(bytes, random, (byte) => byte ^ (1 << below(8, random))),
  (bytes, { random }) => changed(bytes, random, () => below(256, random)),
  (bytes, { random }) => changed(bytes, random, () => pick(telling, random)),
  // A piece is cut out, doubled, repeated, moved.
  (bytes, { random }) => replaced(bytes, piece(bytes, random), Buffer.alloc(0)),
  (bytes, { random }) => {
    const [from, to] = piece(bytes, random);
    return replaced(bytes, [to, to], bytes.subarray(from, to));
  },
  (bytes, { random }) => {
    const [from, to] = piece(bytes, random);
    const times = 2 ** below(9, random);
    return replaced(
      bytes,
      [to, to],
      Buffer.concat(Array<Buffer>(times).fill(bytes.subarray(from, to))),
    );
  },
  (bytes, { random }) => {
    const [from, to] = piece(bytes, random);
    const at = below(bytes.length + 1, random);
    return replaced(bytes, [at, at], bytes.subarray(from, to));
  },
  // Something from elsewhere comes in.
  (bytes, { random, words }) =>
    replaced(bytes, spot(bytes, random), Buffer.from(pick(words, random))),
  (bytes, { random, words }) =>
    replaced(bytes, piece(bytes, random), Buffer.from(pick(words, random))),
  (bytes, { random, other }) => {
    const from = other();
    const [start, end] = piece(from, random);
    return replaced(bytes, piece(bytes, random), from.subarray(start, end));
  },
  (bytes, { random, other }) => {
    const from = other();
    return Buffer.concat([
      bytes.subarray(0, below(bytes.length + 1, random)),
      from.subarray(below(from.length + 1, random)),
    ]);
  },
  // A number becomes another one.
  (bytes, { random }) => {
    const text = bytes.toString('latin1');
    const found = [...text.matchAll(/-?\d+/g)];
    if (found.length === 0) return bytes;
    const match = pick(found, random);
    const range: Range = [match.index, match.index + match[0].length];
    return replaced(bytes, range, Buffer.from(pick(numbers, random)));
  },
];

type Range = readonly [from: number, to: number];

function changed(bytes: Buffer, random: Random, change: (byte: number) => number): Buffer {
  if (bytes.length === 0) return bytes;
  const at = below(bytes.length, random);
  bytes[at] = change(bytes[at] ?? 0);
  return bytes;
}

function replaced(bytes: Buffer, [from, to]: Range, by: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, from), by, bytes.subarray(to)]);
}

/** A random piece, mostly a short one. */
function piece(bytes: Buffer, random: Random): Range {
  const from = below(bytes.length + 1, random);
  const length = below(2 ** below(10, random), random);
  return [from, Math.min(bytes.length, from + length)];
}

function spot(bytes: Buffer, random: Random): Range {
  const at = below(bytes.length + 1, random);
  return [at, at];
}

function below(limit: number, random: Random): number {
  return Math.floor(random() * limit);
}

function pick<Value>(values: readonly Value[], random: Random): Value {
  const value = values[below(values.length, random)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}
