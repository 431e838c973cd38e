// How well a few letters fit a text: all of them in their order, rather at the beginnings of words, rather together.
// What fits equally well stands as it stood: the commands that are used most come first in the keymap.

/** Higher is better; null: they don't fit. Nothing fits everything. */
export function fuzzyScore(letters: string, text: string): number | null {
  const wanted = letters.toLowerCase().replaceAll(' ', '');
  const within = text.toLowerCase();
  // A text that holds the letters as they are is meant before one in which they are scattered.
  const whole = within.indexOf(letters.toLowerCase().trim());
  let score = wanted === '' || whole === -1 ? 0 : isWordStart(within, whole) ? 60 : 30;
  let at = 0;
  for (const letter of wanted) {
    const found = bestPlace(within, letter, at);
    if (found === -1) return null;
    score += isWordStart(within, found) ? 8 : found === at ? 4 : 1;
    at = found + 1;
  }
  return within === letters.toLowerCase().trim() ? score + 1 : score;
}

/** The letter right here, else at the next beginning of a word, else wherever it comes next. */
function bestPlace(text: string, letter: string, from: number): number {
  if (text[from] === letter) return from;
  return text.indexOf(letter, from);
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[^a-z0-9]/.test(text.charAt(at - 1));
}
