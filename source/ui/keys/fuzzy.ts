// Scores how well a few letters match a text: all must occur in their order; starts of words and adjacent letters
// score higher. Equal scores keep their order, because the keymap lists the most used commands first.

/** Higher is better. Null: no match. Empty letters match everything. */
export function fuzzyScore(letters: string, text: string): number | null {
  const wanted = letters.toLowerCase().replaceAll(' ', '');
  const within = text.toLowerCase();
  // A text that contains the letters together is a better match than one in which they are scattered: a scattered
  // letter scores 8 at most.
  const whole = within.indexOf(letters.toLowerCase().trim());
  const perLetter = whole === -1 ? 0 : isWordStart(within, whole) ? 20 : 10;
  let score = perLetter * wanted.length;
  let at = Math.max(0, whole);
  for (const letter of wanted) {
    const found = bestPosition(within, letter, at);
    if (found === -1) return null;
    score += isWordStart(within, found) ? 8 : found === at ? 4 : 1;
    at = found + 1;
  }
  return within === letters.toLowerCase().trim() ? score + 1 : score;
}

/** The index of the letter: at `from` if it is there, otherwise its next occurrence. */
function bestPosition(text: string, letter: string, from: number): number {
  if (text[from] === letter) return from;
  return text.indexOf(letter, from);
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[^a-z0-9]/.test(text.charAt(at - 1));
}
