// Values as a person would write them, and without loss: what is read from them is the value again.

/** `500k`, `1.5M`, `1234567`. */
export function amountText(amount: number): string {
  if (amount % 100_000 === 0 && amount >= 1e6) return `${amount / 1e6}M`;
  return amount % 1000 === 0 ? `${amount / 1000}k` : String(amount);
}

const units = [
  ['d', 24 * 60 * 60 * 1000],
  ['h', 60 * 60 * 1000],
  ['m', 60 * 1000],
  ['s', 1000],
] as const;

/** `8h`, `90m`, `2d`: in the largest unit that fits without a rest. */
export function timeText(ms: number): string {
  const [unit, size] = units.find(([, of]) => ms % of === 0) ?? units[3];
  return `${Math.round(ms / size)}${unit}`;
}
