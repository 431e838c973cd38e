// The matches of a search in log order, whatever order the blocks were searched in. A command that began in one block
// and ended in another is one match: its end.

import { countPassing } from '../../core/binary-search.ts';
import type { SearchResults } from '../../core/log/snapshot.ts';
import type { Judged } from './verify-matches.ts';

export type MatchIndex = {
  add(block: FoundBlock): void;
  version(): number;
  /** The matches known now; it does not change when more are found. */
  snapshot(): Pick<SearchResults, 'count' | 'after' | 'before' | 'rank'>;
};

/** `found` is ascending, and none of it is before `position`. */
type BlockMatches = { position: number; found: readonly number[] };

type FoundBlock = BlockMatches & Pick<Judged, 'begun' | 'goesOn'>;

export function createMatchIndex(): MatchIndex {
  let blocks: FoundBlock[] = [];
  let version = 0;

  return {
    add: (block) => {
      version++;
      if (block.found.length === 0) return;
      const at = lastIndex(blocks, ({ position }) => position <= block.position) + 1;
      blocks = [...blocks.slice(0, at), block, ...blocks.slice(at)];
    },
    version: () => version,
    snapshot: () => {
      const known = matchesOf(blocks);
      const places = (at: number) => known[at]?.found ?? [];
      return {
        count: known.reduce((sum, { found }) => sum + found.length, 0),
        after: (offset) => {
          for (let at = Math.max(0, blockOf(known, offset)); at < known.length; at++) {
            const next = places(at).find((place) => place > offset);
            if (next !== undefined) return next;
          }
          return null;
        },
        before: (offset) => {
          for (let at = blockOf(known, offset); at >= 0; at--) {
            const last = lastIndex(places(at), (place) => place < offset);
            if (last !== -1) return places(at)[last] ?? null;
          }
          return null;
        },
        rank: (offset) => {
          const at = blockOf(known, offset);
          const index = places(at).indexOf(offset);
          if (index === -1) return null;
          let rank = index + 1;
          for (let block = 0; block < at; block++) rank += places(block).length;
          return rank;
        },
      };
    },
  };
}

/** If one block begins an entry and another continues it, only the later match counts. */
function matchesOf(blocks: readonly FoundBlock[]): readonly BlockMatches[] {
  const begun = new Map<string, number | null>();
  const hidden = new Set<number>();
  for (const block of blocks) {
    for (const name of block.goesOn) {
      const offset = begun.get(name);
      if (offset !== undefined && offset !== null) hidden.add(offset);
    }
    for (const [name, offset] of block.begun) begun.set(name, offset);
  }
  if (hidden.size === 0) return blocks;
  return blocks.map(({ position, found }) => ({
    position,
    found: found.filter((place) => !hidden.has(place)),
  }));
}

function blockOf(blocks: readonly BlockMatches[], offset: number): number {
  return lastIndex(blocks, ({ position }) => position <= offset);
}

/** Index of the last element that passes, in a list where all that pass come first; -1 if none does. */
function lastIndex<One>(list: readonly One[], passes: (one: One) => boolean): number {
  const passesAt = (at: number): boolean => {
    const one = list[at];
    return one !== undefined && passes(one);
  };
  return countPassing(list.length, passesAt) - 1;
}
