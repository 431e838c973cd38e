// The one binary search: of a row of places in which all that pass a check come first.

/** How many of the places from 0 to `length` pass: also the first place that does not. */
export function countPassing(length: number, passes: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
