// Removes the terminal's answers to queries, often queries of a program that has ended since. Ink would read
// `ESC ] 11 ; rgb:0000/0000/0000 ESC \` as keys, and its `r` would resume a task. Alt-] and Alt-P stay keys, because an
// answer continues with a number and a punctuation mark.

const esc = '\u001B';
/** OSC: `ESC ] 11 ; … BEL`. DCS: `ESC P 1 $ r … ESC \`, `ESC P > | … ESC \`. */
const start = `${esc}(?:\\][0-9]{1,4};|P[0-9;]{0,16}[$!>+=][a-z|])`;
const inside = '[^\\u0000-\\u001F\\u007F]{0,4096}';
const answer = new RegExp(`${start}${inside}(?:\\u0007|${esc}\\\\)`, 'gu');
/** The beginning of an answer at the end of a read. */
const torn = new RegExp(`${start}${inside}${esc}?$`, 'u');
/** The rest of an answer must come within this time, so that one that was cut off cannot swallow later keys. */
const waitsMs = 100;

/** Returns a function that maps each read, in order, to its text without answers. `now` is a monotonic clock, ms. */
export function createAnswerFilter(now: () => number) {
  let kept = '';
  let keptAt = 0;
  return (chunk: string): string => {
    const isLate = now() - keptAt >= waitsMs;
    const text = (isLate ? '' : kept) + chunk;
    const keys = text.replace(answer, '');
    const rest = torn.exec(keys)?.[0] ?? '';
    if (kept === '' || isLate) keptAt = now();
    kept = rest;
    return keys.slice(0, keys.length - rest.length);
  };
}
