// Whether a JSON text is safe to parse. A line of 16 MiB with one long text takes a moment; the same length full of
// brackets takes seconds and half a gigabyte, and any process that can write the log can write such a line.

/** Shorter texts are always harmless. */
const harmlessLength = 256 * 1024;

/** Far above what Codex writes: its long lines are long texts. */
const maxValues = 100_000;

/** True for a text with too many values to parse. Does not check that it is JSON. */
export function holdsTooManyValues(json: string): boolean {
  if (json.length <= harmlessLength) return false;
  let values = 0;
  for (let at = 0; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case 0x22: // "
        at = stringEnd(json, at + 1);
        break;
      case 0x2c: // ,
      case 0x5b: // [
      case 0x7b: // {
        if (++values > maxValues) return true;
        break;
      default:
    }
  }
  return false;
}

/** The index of the quote that ends the string, or the end of the text. */
function stringEnd(json: string, from: number): number {
  for (let quote = json.indexOf('"', from); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    if (!isEscaped(json, quote)) return quote;
  }
  return json.length;
}

function isEscaped(json: string, at: number): boolean {
  let backslashes = 0;
  while (json.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}
