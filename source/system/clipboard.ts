// Puts text on the clipboard of the user's terminal, local or remote: OSC 52. Most terminals accept it, some ask
// first, a few ignore it; none of them replies.

/** Many terminals drop longer sequences. */
const maxBytes = 74_000;

/** Null if the text is too long. `text` must have no control characters except newline and tab. */
export function clipboardSequence(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const bytes = Buffer.from(text);
  if (bytes.length > maxBytes) return null;
  const sequence = `\u001B]52;c;${bytes.toString('base64')}\u0007`;
  if (environment['TMUX'] === undefined) return sequence;
  // tmux passes on what this envelope contains, with each escape doubled, if allow-passthrough is on.
  return `\u001BPtmux;${sequence.replaceAll('\u001B', '\u001B\u001B')}\u001B\\`;
}
