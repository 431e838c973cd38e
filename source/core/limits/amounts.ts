// Amounts as options take them: `500k`, `5M`.

const factors: Readonly<Record<string, number>> = { '': 1, k: 1e3, K: 1e3, m: 1e6, M: 1e6 };

/** A whole number of tokens, at least 1; null when the text is none. `1.5M` is one. */
export function readTokens(text: string): number | null {
  const match = /^(\d{1,12}(?:\.\d{1,6})?)([kKmM]?)$/u.exec(text);
  if (match === null) return null;
  const count = Math.round(Number(match[1]) * (factors[match[2] ?? ''] ?? 1));
  return Number.isSafeInteger(count) && count >= 1 ? count : null;
}
