// Keeps a paste a paste where Esc was pressed right before it. Ink takes `ESC ESC [ 200 ~` for one key with Alt, and
// what was pasted then for keys: a `q` in it would quit. Two Esc are one key to it, so an even number does no harm.

const esc = '\u001B';
const pasteStart = '\u001B[200~';
const escapesBeforePaste = /\u001B+(?=\u001B\[200~)/gu;
const escapesAtEnd = /\u001B+$/u;
/** So long Ink waits for the rest of a sequence before it takes an Esc at the end of a read for a key. */
const inkWaitsMs = 20;

/** What Ink is to get for each read, one after the other. */
export function createPasteGuard(now: () => number = () => performance.now()) {
  let escapedAt = -Infinity;
  return (chunk: string): string => {
    const isEscPending = now() - escapedAt < inkWaitsMs;
    const escapes = escapesAtEnd.exec(chunk)?.[0].length ?? 0;
    escapedAt = escapes % 2 === 1 ? now() : -Infinity;
    const guarded = chunk.replace(escapesBeforePaste, (all) =>
      all.length % 2 === 1 ? all + esc : all,
    );
    return isEscPending && chunk.startsWith(pasteStart) ? esc + guarded : guarded;
  };
}
