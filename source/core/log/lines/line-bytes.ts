// Finds values in the bytes of a JSON line without parsing it.

/** The range of a line in a buffer, without its newline. */
export type ByteSpan = { readonly start: number; readonly end: number };

export const [quote, colon] = [0x22, 0x3a];
const [letterP, letterE] = [0x70, 0x65];

/** Where the value after `type":"` begins; 0 when there is none (no value begins at 0). */
export function typeValueIn(bytes: Uint8Array, { start, end }: ByteSpan): number {
  for (let at = start; at < end - 6; at++) {
    if (
      bytes[at] === letterP &&
      bytes[at + 1] === letterE &&
      bytes[at + 2] === quote &&
      bytes[at + 3] === colon &&
      bytes[at + 4] === quote
    ) {
      return at + 5;
    }
  }
  return 0;
}
