// Which of many keywords occur in a text, in one pass over it and without regard to case: much faster than a regular
// expression of all keywords, and most texts have none.

/**
 * Returns the rules that have a keyword in the text, by their place in `keywordsOf`, in its order. Keywords are in lower
 * case and have three characters or more.
 */
export function keywordSearch(
  keywordsOf: readonly (readonly string[])[],
): (text: string) => number[] {
  const rulesOf = new Map<string, number[]>();
  for (const [rule, keywords] of keywordsOf.entries()) {
    for (const keyword of keywords) append(rulesOf, keyword, rule);
  }
  const keywordsIn: string[][] = [];
  /** 0 where no keyword begins, else one more than the place in `keywordsIn`. */
  const places = new Uint16Array(slots);
  for (const keyword of rulesOf.keys()) {
    for (const slot of slotsOf(keyword)) {
      if (places[slot] === 0) places[slot] = keywordsIn.push([]);
      keywordsIn[places[slot]! - 1]!.push(keyword);
    }
  }
  return (text) => {
    let found: Set<string> | null = null;
    let window = 0;
    for (let at = 0; at <= text.length; at += 1) {
      // One step past the end: a keyword of three characters may stand there.
      const code = at < text.length ? text.charCodeAt(at) : 0;
      window = ((window << 5) | (code < 128 ? classOf[code]! : 0)) & lastFour;
      const place = places[slotOf(window)]!;
      if (place === 0 || at < 3) continue;
      for (const keyword of keywordsIn[place - 1]!) {
        if (text.slice(at - 3, at - 3 + keyword.length).toLowerCase() === keyword) {
          (found ??= new Set()).add(keyword);
        }
      }
    }
    if (found === null) return [];
    const rules = [...found].flatMap((keyword) => rulesOf.get(keyword) ?? []);
    return [...new Set(rules)].sort((one, other) => one - other);
  };
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Four characters of 32 classes each: the 26 letters, and 6 that digits and signs share. */
const lastFour = 2 ** 20 - 1;
const slots = 2 ** 15;
const slotOf = (window: number): number => Math.imul(window, 0x9e3779b1) >>> 17;

const classOf = new Uint8Array(128);
for (let code = 33; code < 128; code += 1) {
  const lower = code >= 65 && code <= 90 ? code + 32 : code;
  classOf[code] = lower >= 97 && lower <= 122 ? lower - 96 : 27 + (code % 5);
}

/** A keyword of three characters is followed by any other. */
function slotsOf(keyword: string): number[] {
  const classAt = (place: number): number => classOf[keyword.charCodeAt(place)]!;
  const start = (classAt(0) << 15) | (classAt(1) << 10) | (classAt(2) << 5);
  if (keyword.length > 3) return [slotOf(start | classAt(3))];
  return Array.from({ length: 32 }, (_, fourth) => slotOf(start | fourth));
}
