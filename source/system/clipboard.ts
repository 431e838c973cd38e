// Text for the clipboard of the person's terminal, however far away that is: OSC 52. Most terminals take it, some
// ask first, a few ignore it; none of them answers.

/** More than this many terminals drop. */
const maxBytes = 74_000;

/** Null where the text is too long. `text` has no control characters but newline and tab. */
export function clipboardSequence(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const bytes = Buffer.from(text);
  if (bytes.length > maxBytes) return null;
  const sequence = `\u001B]52;c;${bytes.toString('base64')}\u0007`;
  if (environment['TMUX'] === undefined) return sequence;
  // tmux hands on what stands in this envelope, each escape doubled, where allow-passthrough is on.
  return `\u001BPtmux;${sequence.replaceAll('\u001B', '\u001B\u001B')}\u001B\\`;
}
