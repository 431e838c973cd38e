// One usage limit for machines and their hub: any schedule of limits that are met and lifted, and of processes that compare the
// two and may die after each step.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  keptLimitText,
  readAccountLimit,
  readKeptLimit,
  type AccountLimit,
  type KeptLimit,
} from '../../../source/core/codex/account-limit.ts';
import {
  noAccount,
  readAccountRecord,
  writtenAccountRecord,
  type AccountRecord,
} from '../../../source/core/hub/account-record.ts';
import { keptBeside, withNews, withoutLimit } from '../../../source/core/hub/shared-limit.ts';
import { parsedObject } from '../../../source/core/json/json.ts';

const now = 1000;
const limit = (since: number, until: number): AccountLimit => ({
  ...{ since, until, said: 'You’ve hit your usage limit.', looksInVain: 0 },
});

/** A process that settles: what it has read so far. */
type Settling = {
  machine: number;
  kept: KeptLimit | null;
  record: AccountRecord | null;
  hasTold: boolean;
};

/** What happens: on which machine, or to which process. */
type Happening = { what: 'meets' | 'answered' | 'answered at the hub' | 'begins'; at: number };
type Move = Happening | { what: 'goes on' | 'dies'; at: number };

class World {
  hub: AccountRecord = noAccount;
  readonly kept: (KeptLimit | null)[] = [null, null, null];
  processes: Settling[] = [];
  /** The ids of the limits that the hub had one after the other. */
  readonly had: (string | null)[] = [null];
  isLifted = true;
  #next = now;

  #store(record: AccountRecord): void {
    this.hub = record;
    if (this.had.at(-1) !== record.limitId) this.had.push(record.limitId);
  }

  perform({ what, at }: Move): void {
    const machine = at % this.kept.length;
    const limitHere = this.kept[machine]?.limit ?? null;
    switch (what) {
      case 'meets': {
        const at = ++this.#next;
        // Codex may name the same time again.
        const until = 1_000_000 + (at % 2);
        this.kept[machine] = { id: `met-${at}`, limit: limit(limitHere?.since ?? at, until) };
        this.isLifted = false;
        return;
      }
      case 'answered at the hub':
        this.#store(withoutLimit(this.hub));
        this.isLifted = true;
        return;
      case 'answered':
        if (limitHere !== null) this.kept[machine] = { ...this.kept[machine]!, limit: null };
        this.isLifted = true;
        return;
      case 'begins':
        this.processes.push({
          ...{ machine, kept: this.kept[machine]!, record: null, hasTold: false },
        });
        return;
      case 'goes on':
      case 'dies': {
        const settling = this.processes[at % this.processes.length];
        if (settling === undefined) return;
        if (what === 'dies' || this.#goOn(settling)) {
          this.processes = this.processes.filter((one) => one !== settling);
        }
      }
    }
  }

  /** Returns whether it is done. */
  #goOn(settling: Settling): boolean {
    const { machine, kept, record } = settling;
    if (record === null) {
      settling.record = this.hub;
      return false;
    }
    if (!settling.hasTold && withNews(record, kept, now) !== record) {
      settling.hasTold = true;
      settling.record = withNews(this.hub, kept, now);
      this.#store(settling.record);
      return false;
    }
    const next = keptBeside(record, kept);
    const read = JSON.stringify(this.kept[machine]);
    if (next !== null && read === JSON.stringify(kept)) this.kept[machine] = next;
    return true;
  }

  settleAll(): void {
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < this.kept.length; at++) {
        this.processes = [];
        this.perform({ what: 'begins', at });
        while (this.processes.length > 0) this.perform({ what: 'goes on', at: 0 });
      }
    }
  }
}

const moves = fc.array(
  fc.record({
    what: fc.constantFrom<Move['what']>(
      ...(['meets', 'answered', 'answered at the hub', 'begins', 'begins', 'dies'] as const),
      ...Array.from({ length: 6 }, () => 'goes on' as const),
    ),
    at: fc.nat(5),
  }),
  { maxLength: 40 },
);

function played(of: readonly Move[]): World {
  const world = new World();
  for (const move of of) world.perform(move);
  world.settleAll();
  return world;
}

describe('whatever dies when, a limit', () => {
  test('is the same on all machines and at the hub in the end', () => {
    fc.assert(
      fc.property(moves, (of) => {
        const { kept, hub } = played(of);
        for (const one of kept) expect(one?.limit ?? null).toEqual(hub.limit);
      }),
      { numRuns: 2000 },
    );
  });

  test('is in force in the end if no session was answered after it was met last', () => {
    fc.assert(
      fc.property(moves, (of) => {
        const { isLifted, hub } = played(of);
        expect(hub.limit !== null || isLifted).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('is never back at the hub after it was lifted or replaced', () => {
    fc.assert(
      fc.property(moves, (of) => {
        const had = played(of).had.filter((id) => id !== null);
        expect(new Set(had).size).toBe(had.length);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a limit that a machine has met', () => {
  const met: KeptLimit = { id: 'met', limit: limit(200, 5000) };
  const atHub = (since: number, until: number): AccountRecord => ({
    ...{ ...noAccount, limit: limit(since, until), limitId: 'other' },
  });

  test('is told to the hub with the earlier beginning of both', () => {
    expect(withNews(noAccount, met, now).limit).toEqual(limit(200, 5000));
    const both = withNews(atHub(100, 4000), met, now);
    expect(both.limit).toEqual(limit(100, 5000));
    expect(keptBeside(both, met)).toEqual({ id: 'met', limit: limit(100, 5000) });
    expect(withNews(atHub(300, 4000), met, now).limit).toEqual(limit(200, 5000));
  });

  test('and whose time has passed on its clock holds nobody back elsewhere, and stays as it is', () => {
    expect(withNews(noAccount, met, 5000)).toBe(noAccount);
    expect(keptBeside(noAccount, met)).toBe(met);
    const record = atHub(6000, 9000);
    expect(withNews(record, met, 7000)).toBe(record);
    expect(keptBeside(record, met)).toEqual({ id: 'other', limit: limit(6000, 9000) });
  });

  test('comes back to a hub that has lost what it had', () => {
    const told = withNews(noAccount, met, now);
    expect(withNews(told, met, now)).toBe(told);
    expect(withNews(noAccount, keptBeside(told, met), now)).toEqual(told);
  });

  test('is known by its times where an earlier version left out its id', () => {
    const { limitId: _id, ...written } = withNews(noAccount, met, now);
    const record = readAccountRecord(
      writtenAccountRecord({ ...written, knownLimits: [] } as unknown as AccountRecord),
    )!;
    expect(withNews(record, met, now)).toBe(record);
    const kept = keptBeside(record, met);
    expect(kept?.limit).toEqual(met.limit);
    expect(readKeptLimit({ version: 1, ...met.limit })).toEqual(kept);
    expect(withNews(record, { ...kept!, limit: null }, now).limit).toBeNull();
  });
});

test('a session that was answered without a hub lifts the limit of the hub, and no other one', () => {
  const lifted = { id: 'met', limit: null };
  const record = { ...noAccount, limit: limit(200, 5000), limitId: 'met' };
  const after = withNews(record, lifted, now);
  expect(after.limit).toBeNull();
  expect(withNews(after, { id: 'met', limit: limit(200, 5000) }, now)).toBe(after);
  const again = { id: 'met again', limit: limit(200, 5000) };
  expect(withNews(after, again, now).limit).toEqual(limit(200, 5000));
  const another = { ...record, limitId: 'another' };
  expect(withNews(another, lifted, now)).toBe(another);
  expect(keptBeside(another, lifted)).toEqual({ id: 'another', limit: limit(200, 5000) });
});

test('the file of a machine is read as it was written; for an earlier version, what was lifted is no limit', () => {
  for (const kept of [
    { id: 'met', limit: limit(1, 2) },
    { id: 'met', limit: null },
  ]) {
    const fields = parsedObject(keptLimitText(kept));
    expect(readKeptLimit(fields)).toEqual(kept);
    expect(readAccountLimit(fields)).toEqual(kept.limit);
  }
  expect(readKeptLimit({ version: 1, lifted: '\u001b[2J' })).toBeNull();
  expect(readKeptLimit({ version: 2, lifted: 'met' })).toBeNull();
});
