// What each character may do to a terminal, as far as clean() needs to know.
// Unicode's own properties decide, through regular expressions. A table caches their answers, since testing
// four expressions for every character of a log would be slow. The table is only a cache, not state.

type CharacterKind = (typeof kinds)[number];

const kinds = [
  /** Copied as it is. */
  'plain',
  /** Newline and tab: copied, but no mark may stack on them. */
  'gap',
  /** Carriage return and Unicode's own line separators. */
  'line-break',
  /** C0, DEL and C1; some of them begin an escape sequence. */
  'control',
  /** Reorders what is drawn around it. */
  'bidi',
  /** Joiners, fillers, tags, variation selectors, annotations: drawn as nothing. */
  'invisible',
  /** Drawn on top of the character before it. */
  'mark',
  /** Half a surrogate pair, or one of the code points that Unicode will never assign. */
  'no-character',
] as const;

const lineBreak = /[\r\x85\u2028\u2029]/;
const control = /[\0-\x1F\x7F-\x9F]/;
const bidi = /\p{Bidi_C}/u;
const invisible = /[\p{DI}\uFFF9-\uFFFB]/u;
/** Conjoining Hangul vowels and tails are not marks, but they stack like marks. */
const mark = /[\p{M}\u1160-\u11FF\uD7B0-\uD7FF]/u;
const noCharacter = /[\p{Cs}\p{NChar}]/u;

// For each code point, the index of its kind in `kinds` plus one; 0 means not asked yet.
const answers = new Uint8Array(0x110000);

export function kindOfCharacter(codePoint: number): CharacterKind {
  const answer = answers[codePoint];
  if (answer) return kinds[answer - 1] ?? 'plain';
  const kind = classified(String.fromCodePoint(codePoint));
  answers[codePoint] = kinds.indexOf(kind) + 1;
  return kind;
}

function classified(character: string): CharacterKind {
  if (character === '\n' || character === '\t') return 'gap';
  if (lineBreak.test(character)) return 'line-break';
  if (control.test(character)) return 'control';
  // Before `invisible`, since bidi controls are invisible, too.
  if (bidi.test(character)) return 'bidi';
  if (invisible.test(character)) return 'invisible';
  if (mark.test(character)) return 'mark';
  if (noCharacter.test(character)) return 'no-character';
  return 'plain';
}
