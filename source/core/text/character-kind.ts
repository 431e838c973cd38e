// What each character may do to a terminal, as far as clean() cares.
// Unicode's own properties decide, through regular expressions; a table remembers their answers, since
// asking four expressions for every character of a log would be slow. The table is a memory, no state.

export type CharacterKind = (typeof kinds)[number];

const kinds = [
  /** Copied as it is. */
  'plain',
  /** Newline and tab: copied, and nothing may be stacked on them. */
  'gap',
  /** Carriage return and Unicode's own line separators. */
  'line-break',
  /** C0, DEL and C1; some of them begin an escape sequence. */
  'control',
  /** Reorders what is drawn around it. */
  'bidi',
  /** Joiners, fillers, tags, variation selectors, annotations: drawn as nothing. */
  'invisible',
  /** Drawn on the character before it. */
  'mark',
  /** Half a surrogate pair, or one of the code points that Unicode will never assign. */
  'no-character',
] as const;

const lineBreak = /[\r\x85\u2028\u2029]/;
const control = /[\0-\x1F\x7F-\x9F]/;
const bidi = /\p{Bidi_C}/u;
const invisible = /[\p{DI}\uFFF9-\uFFFB]/u;
/** Conjoining Hangul vowels and tails stack like marks, without being any. */
const mark = /[\p{M}\u1160-\u11FF\uD7B0-\uD7FF]/u;
const noCharacter = /[\p{Cs}\p{NChar}]/u;

// For each code point the place of its kind in `kinds`, plus one; zero is not asked yet.
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
  // Before `invisible`, which bidi controls are too.
  if (bidi.test(character)) return 'bidi';
  if (invisible.test(character)) return 'invisible';
  if (mark.test(character)) return 'mark';
  if (noCharacter.test(character)) return 'no-character';
  return 'plain';
}
