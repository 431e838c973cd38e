// Finds ASCII texts in bytes, ignoring case if asked to: a log search spends most of its time here. It uses Horspool's
// algorithm: the byte under the end of the text says how far to jump, so most bytes are never read.

/** For given bytes: finds the next match from an index on, -1 when there is none. Indexes must not decrease. */
type ByteFinder = (bytes: Uint8Array) => (from: number) => number;

/** Alternatives: at least one of `texts`, none of them empty, must occur. */
export type RawTexts = {
  readonly texts: readonly string[];
  readonly letters: 'any case' | 'as written';
};

export function byteFinder({ texts, letters }: RawTexts): ByteFinder {
  const finders = texts.map((text) => textFinder(text, letters));
  return (bytes) => {
    /** The last match of each text. */
    const places = finders.map(() => -1);
    return (from) => {
      let nearest = Infinity;
      for (const [index, find] of finders.entries()) {
        let place = places[index] ?? -1;
        if (place < from) {
          place = find(bytes, from);
          if (place === -1) place = Infinity;
          places[index] = place;
        }
        if (place < nearest) nearest = place;
      }
      return nearest === Infinity ? -1 : nearest;
    };
  };
}

type TextFinder = (bytes: Uint8Array, from: number) => number;

function textFinder(text: string, letters: RawTexts['letters']): TextFinder {
  const last = text.length - 1;
  const lower = codesOf(letters === 'any case' ? text.toLowerCase() : text);
  const upper = codesOf(letters === 'any case' ? text.toUpperCase() : text);
  const skip = new Uint8Array(256).fill(Math.min(255, text.length));
  for (let at = 0; at <= last; at++) {
    skip[lower[at] ?? 0] = Math.min(255, last - at);
    skip[upper[at] ?? 0] = Math.min(255, last - at);
  }
  const afterMiss = shiftAfterMiss(lower, upper);
  return (bytes, from) => {
    const end = bytes.length;
    let at = from + last;
    for (;;) {
      let by = 0;
      while (at < end && (by = skip[bytes[at] ?? 0] ?? 0) !== 0) at += by;
      if (at >= end) return -1;
      let index = last - 1;
      let place = at - 1;
      while (index >= 0 && (bytes[place] === lower[index] || bytes[place] === upper[index])) {
        index--;
        place--;
      }
      if (index < 0) return place + 1;
      at += afterMiss;
    }
  };
}

/** How far to jump when the last byte matches but another one does not. */
function shiftAfterMiss(lower: Uint8Array, upper: Uint8Array): number {
  const last = lower.length - 1;
  for (let at = last - 1; at >= 0; at--) {
    if (lower[at] === lower[last] || upper[at] === upper[last]) return last - at;
  }
  return Math.max(1, lower.length);
}

function codesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
