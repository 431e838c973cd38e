// Finds where an escape sequence ends, and what its colours mean.
// Sequences are not interpreted beyond that: all are cut out, and a program's colours come back only as names
// that our own theme paints.
// A text may break off in the middle of a sequence, so an attacker chooses where one "ends":
// every repetition below has a limit, and no sequence extends past the end of a line.

/** Real sequences have a few characters of parameters and intermediates; anything beyond this limit is text. */
const shortLimit = 256;

/**
 * How much text an unfinished string sequence (OSC, DCS, APC, PM, SOS) may swallow, in code points.
 * Terminals would hide everything up to a terminator. Titles and links stay far below this limit;
 * pictures do not, and the rest of such a picture is shown as harmless letters.
 */
const stringLimit = 4096;

const stringBody = `[^\\0-\\x1F\\x7F-\\x9F\\u2028\\u2029]{0,${stringLimit}}`;
const stringEnd = '(?:\\x07|\\x1B\\\\|\\x9C)';

const sequence = new RegExp(
  [
    // CSI: ESC [ 1 ; 31 m
    `(?:\\x1B\\[|\\x9B)[0-?]{0,${shortLimit}}[ -/]{0,${shortLimit}}[@-~]?`,
    // OSC, DCS, SOS, PM, APC: ESC ] 0 ; title BEL
    `\\x1B[\\]PX^_]${stringBody}${stringEnd}?`,
    // The same with an 8-bit introducer. It also occurs in text that was decoded wrongly (a curly
    // quote read as Latin-1 ends in U+009D), so without a terminator only the introducer is cut.
    `[\\x90\\x98\\x9D-\\x9F](?:${stringBody}${stringEnd})?`,
    // nF: ESC ( B
    `\\x1B[ -/]{1,${shortLimit}}[0-~]?`,
    // Two characters (ESC c), or a lone ESC.
    `\\x1B[0-~]?`,
  ].join('|'),
  'uy',
);

const colourSequence = /^(?:\x1B\[|\x9B)([\d;:]*)m$/;

/**
 * The sequence that begins at `start`: where it ends, and its parameters (`1;31`) if it sets
 * colours. For a character that begins no sequence, `end` is right after that character.
 */
export function escapeSequenceAt(
  text: string,
  start: number,
): { end: number; colours: string | null } {
  sequence.lastIndex = start;
  // test(), not exec(): a flood of introducers would create a flood of result objects.
  if (!sequence.test(text)) return { end: start + 1, colours: null };
  const end = sequence.lastIndex;
  const colours = text[end - 1] === 'm' ? colourSequence.exec(text.slice(start, end)) : null;
  return { end, colours: colours?.[1] ?? null };
}

export type Colour = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white' | 'gray';
export type TextStyle = { readonly color?: Colour; readonly bold?: true; readonly dim?: true };

// Black is shown as gray: on most screens black text would be invisible.
const colours = ['gray', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/**
 * The style after colour parameters such as `1;31` or `0`. Background, underline, blink, inverse
 * and concealed are ignored.
 */
export function styleAfter(style: TextStyle, parameters: string): TextStyle {
  let { color, bold, dim } = style;
  const codes = parameters.split(';');
  for (let index = 0; index < codes.length; index++) {
    // `38:5:1` is one parameter with subparameters. Number() gives NaN, which matches no case below.
    const code = Number(codes[index]);
    if (code === 0) color = bold = dim = undefined;
    else if (code === 1) bold = true;
    else if (code === 2) dim = true;
    else if (code === 22) bold = dim = undefined;
    else if (code === 39) color = undefined;
    else if (code >= 30 && code <= 37) color = colours[code - 30];
    else if (code >= 90 && code <= 97) color = colours[code - 90];
    else if (code === 38 || code === 48 || code === 58)
      index += parametersOfRichColour(codes, index);
  }
  return { ...(color && { color }), ...(bold && { bold }), ...(dim && { dim }) };
}

/** `38;5;208`, `38;2;255;128;0`: how many parameters after the first belong to the colour. */
function parametersOfRichColour(codes: readonly string[], index: number): number {
  const kind = codes[index + 1];
  if (kind === '5') return 2;
  if (kind === '2') return 4;
  return 0;
}
