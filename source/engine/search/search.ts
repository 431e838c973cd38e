// Searches the whole log block by block: downwards from the user's position, or upwards from the end. It searches bytes,
// which is quick; only a line that contains the text is parsed, and it matches if its shown form contains the text too.

import type { SearchResults } from '../../core/log/snapshot.ts';
import { matcherFor, type SearchQuery } from '../../core/search/query.ts';
import type { Clock } from '../../system/clock.ts';
import type { LogIndex } from '../../system/log/log-index.ts';
import type { WithinTime } from '../../system/time-limit.ts';
import { candidateLines, type CandidateLines } from './candidate-lines.ts';
import { createMatchIndex, type MatchIndex } from './match-index.ts';
import { createLineJudge, type IsHidden, type Judged, type LineJudge } from './verify-matches.ts';

export type LogSearch = {
  /** Sets the query, null for none, and where to look first: from an offset on, or back from the end. */
  want(query: SearchQuery | null, at: number | 'end'): void;
  /** Searches for a few milliseconds; false when there is nothing to do. */
  goOn(): Promise<boolean>;
  /** The same object until something changes. */
  results(): SearchResults | null;
  /** The log was replaced: starts over. */
  forget(): void;
};

/** Line numbers; `to` is exclusive. */
type Block = { from: number; to: number };

type Search = {
  query: SearchQuery;
  at: number | 'end';
  judge: LineJudge;
  takeCandidates: CandidateLines;
  places: MatchIndex;
  /** The next block is the last one; null before the first blocks are cut. */
  waiting: Block[] | null;
  /** One block took too long: the search stops. */
  isTooSlow: boolean;
  /** How many lines are cut into blocks so far. */
  lines: number;
  blocks: number;
};

const blockBytes = 1024 * 1024;
const atOnceMs = 8;

/** A harmless regex takes a tenth of that. */
const longestMs = 150;
const bytesAMs = 64 * 1024;

type LogSearchDeps = {
  clock: Pick<Clock, 'monotonic'>;
  index: LogIndex;
  withinTime: WithinTime;
  /** Default: every line is shown. */
  isHidden?: IsHidden;
};

export function createLogSearch(deps: LogSearchDeps): LogSearch {
  const { clock, index, withinTime } = deps;
  let search: Search | null = null;
  let seen: { of: unknown[]; results: SearchResults } | null = null;
  const memory = { buffer: Buffer.alloc(0) };

  function begin(query: SearchQuery, at: number | 'end'): Search | null {
    const matcher = matcherFor(query);
    if ('problem' in matcher) return null;
    const judge = createLineJudge(matcher, deps.isHidden);
    const places = createMatchIndex();
    return {
      query,
      at,
      judge,
      takeCandidates: candidateLines(matcher.inRaw),
      places,
      waiting: null,
      isTooSlow: false,
      lines: 0,
      blocks: 0,
    };
  }

  /** New lines become new blocks. In the first cut, blocks before the position come last. */
  function cutBlocks(one: Search): void {
    const { lines } = index;
    if (one.waiting !== null && lines.count === one.lines) return;
    const blocks = blocksOf(index, { from: one.lines, to: lines.count });
    one.lines = lines.count;
    one.blocks += blocks.length;
    const place = one.at === 'end' ? Infinity : lines.lineAt(one.at);
    const before = blocks.filter(({ to }) => to <= place);
    const behind = blocks.filter(({ to }) => to > place).reverse();
    one.waiting = [...before, ...behind, ...(one.waiting ?? [])];
  }

  async function searchBlock(one: Search, block: Block): Promise<void> {
    const { lines } = index;
    const position = lines.offsetAt(block.from);
    const end = block.to < lines.count ? lines.offsetAt(block.to) : index.endOffset();
    const length = end - position;
    if (length > mostBytes) return;
    if (memory.buffer.length < length) memory.buffer = Buffer.allocUnsafeSlow(length);
    const bytes = await index.bytesAt({ position, length }, memory.buffer);
    one.judge.begin();
    one.takeCandidates(bytes, (text, start) => one.judge.line(text, position + start));
    const found = judged(one, bytes.length);
    one.judge.begin();
    if (found === null) one.isTooSlow = true;
    else one.places.add({ position, ...found });
  }

  /** Null if it would take too long. */
  function judged({ query, judge }: Search, sizeBytes: number): Judged | null {
    if (query.form === 'plain') return judge.end();
    const limitMs = longestMs + Math.ceil(sizeBytes / bytesAMs);
    return withinTime(judge.end, limitMs)?.value ?? null;
  }

  return {
    want: (query, at) => {
      if (query === (search?.query ?? null)) return;
      search = query === null ? null : begin(query, at);
      seen = null;
      if (search === null) memory.buffer = Buffer.alloc(0);
    },
    goOn: async () => {
      const one = search;
      if (one === null || one.isTooSlow) return false;
      cutBlocks(one);
      if (one.waiting === null || one.waiting.length === 0) return false;
      const until = clock.monotonic() + atOnceMs;
      while (search === one && !one.isTooSlow && clock.monotonic() < until) {
        const block = one.waiting.pop();
        if (block === undefined) break;
        await searchBlock(one, block);
      }
      return search === one;
    },
    results: () => {
      if (search === null) return null;
      const { query, places, waiting, blocks, isTooSlow } = search;
      const of = [query, places.version(), waiting?.length, blocks, isTooSlow];
      if (seen?.of.every((part, at) => part === of[at]) === true) return seen.results;
      const left = waiting?.length ?? 1;
      const searching =
        left === 0 || isTooSlow ? null : Math.floor((100 * (blocks - left)) / (blocks || 1)) / 100;
      const problem = isTooSlow ? 'this regex takes too long' : null;
      seen = { of, results: { query, searching, problem, ...places.snapshot() } };
      return seen.results;
    },
    forget: () => {
      if (search !== null) search = begin(search.query, search.at);
      seen = null;
    },
  };
}

/** A longer line is not parsed, so it is not searched either. */
const mostBytes = 17 * 1024 * 1024;

function blocksOf(index: LogIndex, { from, to }: Block): Block[] {
  const { lines } = index;
  const blocks: Block[] = [];
  const offsetOf = (line: number) =>
    line < lines.count ? lines.offsetAt(line) : index.endOffset();
  let start = from;
  while (start < to) {
    // A block ends with the last line that begins within its length; it has at least one line.
    const end = Math.min(to, Math.max(start + 1, lines.lineAt(offsetOf(start) + blockBytes)));
    blocks.push({ from: start, to: end });
    start = end;
  }
  return blocks;
}
