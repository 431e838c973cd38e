// How far a word is from another one, and which word was meant by a misspelt one.

/** The nearest of the names that is one letter away, or two from six letters on; the first of several. */
export function nearestName(word: string, names: readonly string[]): string | null {
  const most = word.length >= 6 ? 2 : 1;
  let best: { name: string; distance: number } | null = null;
  for (const name of names) {
    if (Math.abs(name.length - word.length) > most) continue;
    const distance = editDistance(word, name);
    if (distance <= most && distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  return best?.name ?? null;
}

/** Letters to add, remove, replace or swap with their neighbour. Both words are short. */
function editDistance(one: string, other: string): number {
  let earlier: number[] = [];
  let before = Array.from({ length: other.length + 1 }, (_none, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      now[column] = Math.min(
        (before[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
        (before[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped && row > 1 && column > 1 ? (earlier[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    earlier = before;
    before = now;
  }
  return before[other.length] ?? 0;
}
