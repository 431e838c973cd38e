// What the page "What it changed" reads, and what it ends: no git, but every order in which its answers may come.

import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type {
  ChangesQuery,
  ChangesRange,
  PatchLine,
} from '../../../source/core/changes/changes.ts';
import { createChangesKeeper, type ChangesVisit } from '../../../source/engine/changes/keeper.ts';
import { openPatchWindow } from '../../../source/engine/changes/patch-window.ts';
import { seekLine } from '../../../source/engine/changes/seek-line.ts';
import type { OpenPatch } from '../../../source/system/changes/open-patch.ts';
import type { ReadChanges } from '../../../source/system/changes/read-changes.ts';
import { changedFile } from '../../ui/sample-changes.ts';

const lineOf = (text: string): PatchLine => ({ kind: 'same', text, number: null });

/** In batches of these lengths, the last ones over and over. */
function patchOf(texts: readonly string[], batch = 3): OpenPatch & { isClosed: boolean } {
  let at = 0;
  return {
    isClosed: false,
    async read() {
      await Promise.resolve();
      if (this.isClosed || at >= texts.length) return null;
      at += batch;
      return texts.slice(at - batch, at).map(lineOf);
    },
    close() {
      this.isClosed = true;
    },
  };
}

const query = (more: Partial<ChangesQuery> = {}): ChangesQuery => ({
  task: 'docs',
  visit: 1,
  range: { kind: 'task' },
  path: null,
  line: 0,
  height: 10,
  seek: null,
  ...more,
});

describe('the page', () => {
  function world() {
    const patches: { name: string; patch: ReturnType<typeof patchOf> }[] = [];
    const counting = { started: 0, stopped: 0 };
    const reading: { range: ChangesRange; answer: () => void }[] = [];
    const looked = vi.fn(() => Promise.resolve());
    const readOf = (range: ChangesRange): ReadChanges => {
      const name = range.kind === 'session' ? `session ${range.session}` : range.kind;
      return {
        files: [changedFile(`first of ${name}`), changedFile(`second of ${name}`)],
        isCut: false,
        sharedWith: null,
        count: () => {
          counting.started++;
          return () => void counting.stopped++;
        },
        patch: (file) => {
          const patch = patchOf([file.path, 'b', 'c', 'd']);
          patches.push({ name: file.path, patch });
          return patch;
        },
        bytes: () => {
          throw new Error('not asked for');
        },
      };
    };
    const visit: ChangesVisit = {
      ranges: [{ kind: 'session', session: 1 }, { kind: 'task' }],
      lookedAt: null,
      read: (range) =>
        new Promise((resolve) => reading.push({ range, answer: () => resolve(readOf(range)) })),
      looked,
    };
    const visits = vi.fn(() => Promise.resolve(visit));
    const keeper = createChangesKeeper(visits);
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    return { keeper, patches, counting, reading, looked, visits, settle };
  }

  test('shows the range that was asked for last, whichever answers last, in one visit', async () => {
    const { keeper, reading, visits, settle } = world();
    keeper.look(query());
    await settle();
    keeper.look(query({ range: { kind: 'session', session: 1 } }));
    await settle();
    reading[1]?.answer();
    await settle();
    reading[0]?.answer();
    await settle();
    expect(keeper.changes()).toMatchObject({
      range: { kind: 'session', session: 1 },
      files: [{ path: 'first of session 1' }, { path: 'second of session 1' }],
      patch: { path: 'first of session 1', total: 4 },
    });
    expect(visits).toHaveBeenCalledTimes(1);
    keeper.look(query({ visit: 2 }));
    expect(visits).toHaveBeenCalledTimes(2);
    expect(keeper.changes()).toMatchObject({ files: null, ranges: [] });
  });

  test('ends what is not looked at any more', async () => {
    const { keeper, patches, counting, reading, settle } = world();
    keeper.look(query());
    await settle();
    reading[0]?.answer();
    await settle();
    keeper.look(query({ path: 'second of task' }));
    await settle();
    expect(patches.map(({ name, patch }) => [name, patch.isClosed])).toEqual([
      ['first of task', true],
      ['second of task', false],
    ]);
    expect(counting).toEqual({ started: 1, stopped: 0 });
    keeper.look(null);
    expect(patches.every(({ patch }) => patch.isClosed)).toBe(true);
    expect(counting).toEqual({ started: 1, stopped: 1 });
    expect(keeper.changes()).toBe(null);
  });

  test('counts as a look at the whole task only where the user sees all of it', async () => {
    const { keeper, reading, looked, settle } = world();
    keeper.look(query({ range: { kind: 'session', session: 1 } }));
    await settle();
    reading[0]?.answer();
    await settle();
    expect(looked).not.toHaveBeenCalled();
    keeper.look(query());
    await settle();
    expect(looked).not.toHaveBeenCalled();
    reading[1]?.answer();
    await settle();
    expect(looked).toHaveBeenCalledTimes(1);
  });

  test('says why there is nothing to see, whatever breaks', async () => {
    const keeper = createChangesKeeper(() => Promise.reject(new Error('git is gone')));
    keeper.look(query());
    await new Promise((resolve) => setImmediate(resolve));
    expect(keeper.changes()).toMatchObject({ problem: 'git is gone', files: null });
  });
});

test('wherever the user looks, the lines around are there, and they are the right ones', async () => {
  const anyLook = fc.record({
    line: fc.oneof(fc.nat(700), fc.constant(Infinity)),
    height: fc.integer({ min: 1, max: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.nat(600),
      fc.integer({ min: 1, max: 50 }),
      fc.array(anyLook, { minLength: 1, maxLength: 8 }),
      async (count, batch, looks) => {
        // Long enough that not all of them are kept.
        const texts = Array.from({ length: count }, (_, at) => `${at} `.padEnd(20_000, '.'));
        const window = openPatchWindow({
          path: 'a',
          open: () => patchOf(texts, batch),
          onChange: () => {},
        });
        for (const { line, height } of looks) {
          window.look(line, height);
          await new Promise((resolve) => setImmediate(resolve));
          await new Promise((resolve) => setImmediate(resolve));
          const { from, lines, total } = window.snapshot()!;
          if (line === Infinity) expect(total).toBe(count);
          const last = Math.min(line, count - 1);
          for (let at = Math.max(0, last - height); at < Math.min(count, last + height); at++) {
            expect(lines[at - from]?.text).toBe(texts[at]);
          }
          const mostSeen = Math.max(5 * height + 2 * batch, 200 + batch);
          expect(lines.length).toBeLessThanOrEqual(mostSeen + 200);
        }
        window.close();
      },
    ),
    { numRuns: 40 },
  );
});

test('a search finds the next line that matches, the one before, or begins anew at the other end', async () => {
  const anyTexts = fc.array(fc.constantFrom('yes', 'no', 'no'), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(
      anyTexts,
      fc.nat(30),
      fc.constantFrom(1 as const, -1 as const, 0 as const),
      async (texts, from, by) => {
        const matches = texts.flatMap((text, at) => (text === 'yes' ? [at] : []));
        const seek = { isIn: (text: string) => text === 'yes', from, by };
        const wanted =
          by === -1
            ? (matches.findLast((at) => at < from) ?? matches.at(-1))
            : (matches.find((at) => (by === 0 ? at >= from : at > from)) ?? matches[0]);
        const found = await seekLine(patchOf(texts), seek);
        expect(found?.line).toBe(wanted ?? null);
        const isFurther =
          wanted !== undefined &&
          (by === -1 ? wanted < from : by === 0 ? wanted >= from : wanted > from);
        expect(found?.wrapped).toBe(wanted !== undefined && !isFurther);
      },
    ),
  );
});
