// A matcher that never blocks the screen: an expression that takes too long for one row is not searched for again.

import type { Matcher, SearchQuery, TextSpan } from '../core/search/query.ts';
import type { WithinTime } from '../system/time-limit.ts';

const longestMs = 50;
/** Rows are redrawn often, so the results for a few screens of them are cached. */
const mostRemembered = 4000;

export function boundedMatcher(
  matcher: Matcher,
  { form }: SearchQuery,
  withinTime: WithinTime,
): Matcher {
  // A plain-text search looks at each letter a few times at most.
  if (form === 'plain') return matcher;
  const remembered = new Map<string, readonly TextSpan[]>();
  let isTooSlow = false;
  const spansIn = (text: string): readonly TextSpan[] => {
    const known = remembered.get(text);
    if (known !== undefined || isTooSlow) return known ?? [];
    const found = withinTime(() => matcher.spansIn(text), longestMs);
    isTooSlow = found === null;
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(text, found?.value ?? []);
    return found?.value ?? [];
  };
  return { inRaw: matcher.inRaw, spansIn, isIn: (text) => spansIn(text).length > 0 };
}
