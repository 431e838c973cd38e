// Whether a line of JSON may show a text, without parsing it. A colour change splits the text in the log, but not
// on the screen:
//
//   "aggregated_output":"\u001b[32mbuilt\u001b[0m 7"        built 7

import type { RawTexts } from './byte-finder.ts';

/** The start of a colour change, as written in JSON. */
export const rawEscape = '\\u001b[';

const colourChange = /\\u001b\[[\d;:]*[A-Za-z]/gu;

export function mayShow(line: string, { texts, letters }: RawTexts): boolean {
  const fold = (text: string) => (letters === 'any case' ? text.toLowerCase() : text);
  const isIn = (text: string) => {
    const folded = fold(text);
    return texts.some((one) => folded.includes(fold(one)));
  };
  return isIn(line) || (line.includes(rawEscape) && isIn(line.replace(colourChange, '')));
}
