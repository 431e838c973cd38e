// JSON for a pipe that may end in a terminal. JSON.stringify escapes C0 and lone surrogates, but not 8-bit
// controls, bidi controls, invisible characters and floods of marks. They become `\u` escapes here, so that
// nothing is lost and a terminal obeys nothing.

const unprintable = new RegExp(
  [
    '[\\x7F-\\x9F\\p{Bidi_C}\\p{DI}\\p{NChar}\\u2028\\u2029\\uFFF9-\\uFFFB]',
    // As in clean(): at most four marks on a character, none on the quote.
    '(?<![^"\\p{M}]\\p{M}{0,3})\\p{M}',
  ].join('|'),
  'gu',
);

export function printedJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(unprintable, escaped);
}

/** `\u202e`; two escapes for a character beyond 16 bits. */
function escaped(character: string): string {
  let text = '';
  for (let at = 0; at < character.length; at++) {
    text += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }
  return text;
}
