// Takes out what a terminal answers to whoever asked it, often another program that has ended by then: Ink would take
// `ESC ] 11 ; rgb:0000/0000/0000 ESC \` for keys, and its `r` would resume a task. Alt with `]` or `P` stays a key:
// an answer goes on with a number and a sign.

const esc = '\u001B';
/** OSC: `ESC ] 11 ; … BEL`. DCS: `ESC P 1 $ r … ESC \`, `ESC P > | … ESC \`. */
const start = `${esc}(?:\\][0-9]{1,4};|P[0-9;]{0,16}[$!>+=][a-z|])`;
const inside = '[^\\u0000-\\u001F\\u007F]{0,4096}';
const answer = new RegExp(`${start}${inside}(?:\\u0007|${esc}\\\\)`, 'gu');
/** The beginning of one at the end of what a read brought. */
const torn = new RegExp(`${start}${inside}${esc}?$`, 'u');
/** What has not come by then was cut off, and does not swallow the keys that follow. */
const waitsMs = 100;

/** What is left of each read, one after the other. */
export function createAnswerFilter(now: () => number = () => performance.now()) {
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
