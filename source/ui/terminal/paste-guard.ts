// Keeps a paste a paste if Esc was pressed right before it. Ink reads `ESC ESC [ 200 ~` as one key with Alt and the
// pasted text as keys: a `q` in it would quit. Ink reads two ESC as one key, so an even number does no harm.

const esc = '\u001B';
const pasteStart = '\u001B[200~';
const escapesBeforePaste = /\u001B+(?=\u001B\[200~)/gu;
const escapesAtEnd = /\u001B+$/u;
/** How long Ink waits for the rest of a sequence before it reads an ESC at the end of a read as a key. */
const inkWaitsMs = 20;

/** Returns a function that maps each read, in order, to the text that Ink gets. `now` is a monotonic clock, ms. */
export function createPasteGuard(now: () => number) {
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
