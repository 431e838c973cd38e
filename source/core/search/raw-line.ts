// Whether a line of JSON may show a text, told without parsing it. Where a program changed its colour the text is cut
// in the log, and whole on the screen:
//
//   "aggregated_output":"\u001b[32mbuilt\u001b[0m 7"        built 7

import type { RawTexts } from './byte-finder.ts';

/** As JSON writes what the changes of colour begin with. */
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
