// One usage limit for machines and their hub: any schedule of limits that are met and lifted, and of processes that compare the
// two and may die after each step.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  idWithoutOne,
  keptLimitText,
  keptNothing,
  readAccountLimit,
  readKeptLimit,
  withoutMet,
  type AccountLimit,
  type KeptLimit,
} from '../../../source/core/codex/account-limit.ts';
import {
  noAccount,
  readAccountRecord,
  withLimit,
  writtenAccountRecord,
  type AccountRecord,
} from '../../../source/core/hub/account-record.ts';
import { keptBeside, withNews, withoutLimit } from '../../../source/core/hub/shared-limit.ts';
import { parsedObject } from '../../../source/core/json/json.ts';

const now = 1000;
const at = { hub: 'hub', now };
const limit = (since: number, until: number): AccountLimit => ({
  ...{ since, until, said: 'You’ve hit your usage limit.', looksInVain: 0 },
});

const metAs = (id: string, found: AccountLimit): KeptLimit => ({
  ...{ met: { id, limit: found, told: null }, lifted: [] },
});
/** As a program of an earlier version writes the record: with what it knows of it. */
const writtenByEarlierVersion = ({ limit, probe, permits }: AccountRecord): AccountRecord =>
  readAccountRecord(writtenAccountRecord({ limit, probe, permits } as AccountRecord))!;

/** A process that settles: what it has read so far. */
type Settling = {
  machine: number;
  kept: KeptLimit;
  record: AccountRecord | null;
  hasTold: boolean;
};

/** What happens: on which machine, or to which process. */
type OnMachine = 'meets' | 'answered' | 'answered at the hub' | 'begins' | 'settles';
type OfEarlierVersion = 'takes a permit, of an earlier version' | 'answered, of an earlier version';
type Move = { what: OnMachine | OfEarlierVersion | 'goes on' | 'dies'; at: number };

class World {
  hub: AccountRecord = noAccount;
  readonly kept: KeptLimit[] = [keptNothing, keptNothing, keptNothing];
  processes: Settling[] = [];
  /** The ids of the limits that the hub had one after the other. */
  readonly had: (string | null)[] = [null];
  /** The same by their times. */
  readonly hadUntil: (number | null)[] = [null];
  isLifted = true;
  /** How many different times Codex names. */
  readonly untils: number;
  #next = now;

  constructor(untils: number) {
    this.untils = untils;
  }

  #store(record: AccountRecord): void {
    this.hub = record;
    if (this.had.at(-1) !== record.limitId) this.had.push(record.limitId);
    const until = record.limit?.until ?? null;
    if (this.hadUntil.at(-1) !== until) this.hadUntil.push(until);
  }

  perform({ what, at }: Move): void {
    const machine = at % this.kept.length;
    const kept = this.kept[machine]!;
    switch (what) {
      case 'meets': {
        const at = ++this.#next;
        // Codex may name the same time again.
        const until = 1_000_000 + (at % this.untils);
        const met = { id: `met-${at}`, limit: limit(kept.met?.limit.since ?? at, until) };
        this.kept[machine] = { ...kept, met: { ...met, told: null } };
        this.isLifted = false;
        return;
      }
      case 'takes a permit, of an earlier version':
        return this.#store(writtenByEarlierVersion(this.hub));
      case 'answered, of an earlier version':
        this.#store(writtenByEarlierVersion({ ...this.hub, limit: null }));
        this.isLifted = true;
        return;
      case 'answered at the hub':
        this.#store(withoutLimit(this.hub));
        this.isLifted = true;
        return;
      case 'answered':
        this.kept[machine] = withoutMet(kept);
        this.isLifted = true;
        return;
      case 'settles':
        this.processes = [];
        this.perform({ what: 'begins', at });
        while (this.processes.length > 0) this.perform({ what: 'goes on', at: 0 });
        return;
      case 'begins':
        this.processes.push({ machine, kept, record: null, hasTold: false });
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
    if (!settling.hasTold && withNews(record, kept, at) !== record) {
      settling.hasTold = true;
      settling.record = withNews(this.hub, kept, at);
      this.#store(settling.record);
      return false;
    }
    const isSame = JSON.stringify(this.kept[machine]) === JSON.stringify(kept);
    if (isSame) this.kept[machine] = keptBeside(record, kept, at);
    return true;
  }

  settleAll(): void {
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < this.kept.length; at++) this.perform({ what: 'settles', at });
    }
  }
}

const movesOf = (whats: readonly Move['what'][]) =>
  fc.array(fc.record({ what: fc.constantFrom(...whats), at: fc.nat(5) }), { maxLength: 40 });
const moves = movesOf([
  ...(['meets', 'answered', 'answered at the hub', 'begins', 'begins', 'dies'] as const),
  ...Array.from({ length: 6 }, () => 'goes on' as const),
]);
/** What is told at the very moment in which an earlier version writes may be told again: so machines settle at once. */
const movesAmongVersions = movesOf([
  ...(['meets', 'answered', 'answered at the hub', 'settles', 'settles', 'settles'] as const),
  ...(['takes a permit, of an earlier version', 'answered, of an earlier version'] as const),
]);

function played(of: readonly Move[], untils = 2): World {
  const world = new World(untils);
  for (const move of of) world.perform(move);
  world.settleAll();
  return world;
}

describe('whatever dies when, a limit', () => {
  test('is the same on all machines and at the hub in the end', () => {
    fc.assert(
      fc.property(fc.oneof(moves, movesAmongVersions), (of) => {
        const { kept, hub } = played(of);
        for (const { met } of kept) expect(met?.limit ?? null).toEqual(hub.limit);
      }),
      { numRuns: 2000 },
    );
  });

  test('is in force in the end if no session was answered after it was met last', () => {
    fc.assert(
      fc.property(fc.oneof(moves, movesAmongVersions), (of) => {
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

  test('is never back after it was lifted or replaced, among machines of an earlier version', () => {
    fc.assert(
      fc.property(movesAmongVersions, (of) => {
        const had = played(of, 1000).hadUntil.filter((until) => until !== null);
        expect(new Set(had).size).toBe(had.length);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a limit that a machine has met', () => {
  const met = metAs('met', limit(200, 5000));
  const atHub = (since: number, until: number): AccountRecord =>
    withLimit(noAccount, { limit: limit(since, until), id: 'other' });

  test('is told to the hub with the earlier beginning of both', () => {
    expect(withNews(noAccount, met, at).limit).toEqual(limit(200, 5000));
    const both = withNews(atHub(100, 4000), met, at);
    expect(both.limit).toEqual(limit(100, 5000));
    const told = { id: 'met', limit: limit(100, 5000), told: 'hub' };
    expect(keptBeside(both, met, at)).toEqual({ met: told, lifted: [] });
    expect(withNews(atHub(300, 4000), met, at).limit).toEqual(limit(200, 5000));
  });

  test('and whose time has passed on its clock replaces none at the hub, and stays as it is', () => {
    expect(withNews(noAccount, met, { ...at, now: 5000 })).toBe(noAccount);
    expect(keptBeside(noAccount, met, at)).toBe(met);
    const record = atHub(6000, 9000);
    expect(withNews(record, met, { ...at, now: 7000 })).toBe(record);
    expect(keptBeside(record, met, at).met).toMatchObject({ id: 'other', limit: record.limit });
  });

  test('is over where a hub that had it has it no longer, and is news to another hub', () => {
    const told = keptBeside(withNews(noAccount, met, at), met, at);
    expect(withNews(noAccount, told, at)).toBe(noAccount);
    expect(keptBeside(noAccount, told, at).met).toBeNull();
    const another = { ...at, hub: 'another' };
    expect(withNews(noAccount, told, another).limit).toEqual(limit(200, 5000));
    expect(keptBeside(noAccount, told, another)).toBe(told);
  });

  test('and that is not marked as told is known by its id, or by its times if a machine of an earlier version met it', () => {
    const told = withNews(noAccount, met, at);
    expect(withNews(told, met, at)).toBe(told);
    const record = writtenByEarlierVersion(told);
    const same = readKeptLimit({ version: 1, ...limit(200, 5000) });
    expect(withNews(record, same, at)).toBe(record);
  });
});

describe('a session that was answered without a hub', () => {
  const met = metAs('met', limit(200, 5000));
  const lifted = withoutMet(met);
  const record = withNews(noAccount, met, at);

  test('lifts the limit of the hub, and no other one', () => {
    const after = withNews(record, lifted, at);
    expect(after.limit).toBeNull();
    expect(withNews(after, met, at)).toBe(after);
    const again = { ...metAs('met again', limit(200, 5000)), lifted: lifted.lifted };
    expect(withNews(after, again, at).limit).toEqual(limit(200, 5000));
    const another = withLimit(record, { limit: limit(200, 5000), id: 'another' });
    expect(withNews(another, lifted, at)).toBe(another);
    expect(keptBeside(another, lifted, at).met).toMatchObject({ id: 'another' });
  });

  test('lifts it also if an earlier version left out its id, or if others were met and lifted since', () => {
    expect(withNews(writtenByEarlierVersion(record), lifted, at).limit).toBeNull();
    let kept = lifted;
    for (const id of ['a', 'b', 'c'])
      kept = withoutMet({ ...kept, met: metAs(id, limit(1, 2)).met });
    expect(withNews(record, kept, at).limit).toBeNull();
    for (let id = 0; id < 1000; id++) {
      kept = withoutMet({ ...kept, met: metAs(`${id}`, limit(id, 2)).met });
    }
    expect(kept.lifted.length).toBeLessThan(50);
    expect(kept.lifted.slice(-2)).toEqual(['999', idWithoutOne(limit(999, 2))]);
  });

  test('takes no limit with it that the machine has met since', () => {
    const next = { ...metAs('next', limit(300, 6000)), lifted: lifted.lifted };
    const after = withNews(record, next, at);
    expect(after.limit).toEqual(limit(300, 6000));
    expect(keptBeside(after, next, at).lifted).toEqual(lifted.lifted);
  });
});

test('the file of a machine is read as it was written; for an earlier version, what was lifted is no limit', () => {
  const met = { id: 'met', limit: limit(1, 2), told: 'hub' };
  for (const kept of [keptNothing, { met, lifted: ['a'] }, { met: null, lifted: ['a', 'b'] }]) {
    const fields = parsedObject(keptLimitText(kept));
    expect(readKeptLimit(fields)).toEqual(kept);
    expect(readAccountLimit(fields)).toEqual(kept.met?.limit ?? null);
  }
  expect(readKeptLimit({ version: 1, lifted: ['\u001b[2J', 7] })).toEqual(keptNothing);
  expect(readKeptLimit({ version: 2, lifted: ['met'] })).toEqual(keptNothing);
});
