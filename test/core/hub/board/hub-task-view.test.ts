import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hubTaskView } from '../../../../source/core/hub/board/hub-task-view.ts';
import { readHubTask, type HubTask } from '../../../../source/core/hub/task-record.ts';
import type { RunRecord } from '../../../../source/core/run/record.ts';
import type { TaskView } from '../../../../source/core/task/board.ts';
import { noUsage } from '../../../../source/core/codex/usage.ts';
import { taskRows } from '../../../../source/ui/rows/tasks/task-rows.ts';
import { statusRows } from '../../../../source/ui/rows/status-rows.ts';
import { recordWith, sessionWith } from '../../../helpers/run-records.ts';

const key = 'task.laptop./home/ann/shop.docs';
const place = { host: 'laptop', project: '/home/ann/shop', name: 'docs' };
const now = Date.UTC(2026, 0, 29, 12);
const offer: HubTask['offer'] = {
  ...{ description: 'Write the docs', remote: '/srv/shop.git', base: 'a'.repeat(40) },
  ...{ directory: '', model: null, review: null, checks: null, pinned: null },
};

type Around = {
  run?: RunRecord | null;
  owner?: string | null;
  silentMs?: number;
} & Partial<HubTask>;

function viewOf({ run = null, owner = 'machine-b', silentMs, ...more }: Around = {}): TaskView {
  const lease = { task: key, owner, epoch: 1, nonce: 'n', hubStart: 'S' };
  const task = { lease, written: 'w', run, offer, continued: null, ...more };
  const facts = { place, now, silentMs: silentMs ?? null };
  return hubTaskView({ ...facts, found: { kind: 'read', task } });
}

const ended = (kind: 'done' | 'paused' | 'failed' | 'stopped', sentence: string | null = null) =>
  recordWith({ phase: 'ended', ending: { kind, sentence, at: 1 } });

describe('a task of a hub', () => {
  test.each<[string, Around, string, string | null]>([
    ['that nobody has taken', { owner: null }, 'queued', 'waits for a machine'],
    ['that was just taken', {}, 'starting', null],
    ['that is worked on', { run: recordWith() }, 'running', null],
    [
      'that pauses after the session',
      { run: recordWith({ pause: 'after session' }) },
      'running',
      'pauses after this session',
    ],
    ['that is pausing', { run: recordWith({ pause: 'now' }) }, 'pausing', null],
    [
      'whose machine is silent',
      { run: recordWith(), silentMs: 125_000 },
      'interrupted',
      'nothing heard from machine-b for 2m',
    ],
    [
      'whose machine gave it back',
      { run: recordWith(), owner: null },
      'queued',
      'waits for a machine',
    ],
    ['that was paused', { run: ended('paused'), owner: null }, 'paused', null],
    [
      'that was paused and is continued',
      { run: ended('paused'), owner: null, continued: ended('paused').run },
      'queued',
      'waits for a machine',
    ],
    [
      'that is continued and taken',
      { run: ended('paused'), continued: ended('paused').run },
      'starting',
      null,
    ],
    ['that failed', { run: ended('failed', 'no Codex'), owner: null }, 'failed', 'no Codex'],
    ['that is done', { run: ended('done'), owner: null }, 'done', null],
    ['that is done, of a silent machine', { run: ended('done'), silentMs: 60_000 }, 'done', null],
    [
      'that stays with its machine',
      { owner: null, offer: null, run: recordWith() },
      'interrupted',
      'it stays with the machine that has it',
    ],
    [
      'that cannot be recovered',
      { owner: null, run: recordWith({ unrecovered: 'no worktree' }) },
      'needs you',
      'no worktree',
    ],
  ])('%s says so', (_what, around, word, reason) => {
    expect(viewOf(around).state).toMatchObject({ word, reason });
  });

  test('names its place, its machine, its session and how far it is', () => {
    const run = recordWith({ ticked: 2, steps: 5, session: sessionWith({ number: 3 }) });
    expect(viewOf({ run })).toMatchObject({
      ...place,
      label: 'docs',
      machine: 'machine-b',
      done: 2,
      total: 5,
      hasList: true,
      session: { number: 3, role: 'executor' },
      run: run.run,
    });
    expect(viewOf({ run, owner: null })).toMatchObject({ machine: null, run: null });
  });

  test('names the last conversation of its own: of the session, or of the one before while that has none yet', () => {
    const of = (session: Partial<NonNullable<RunRecord['session']>>, thread: string | null) =>
      viewOf({
        run: recordWith({
          session: sessionWith(session),
          thread: thread === null ? null : { id: thread, totals: noUsage },
        }),
      }).threadId;
    expect(of({ threadId: 'now' }, 'before')).toBe('now');
    expect(of({ threadId: null }, 'before')).toBe('before');
    expect(of({ threadId: null }, null)).toBeNull();
    expect(of({ threadId: 'review', role: 'reviewer' }, 'before')).toBe('before');
    expect(of({ threadId: '\u001b[2J' }, null)).not.toContain('\u001b');
  });

  test('has all its steps done when its run says that it is done', () => {
    expect(viewOf({ run: { ...ended('done'), ticked: 2, steps: 3 } })).toMatchObject({
      done: 3,
      total: 3,
    });
  });

  test('is left to its machine: no process of this one is taken for its runner, and no dashboard recovers it', () => {
    const { runnerPid, runner, orphaned } = viewOf({ run: recordWith(), silentMs: 60_000 });
    expect({ runnerPid, runner, orphaned }).toEqual({
      runnerPid: null,
      runner: null,
      orphaned: false,
    });
  });

  test.each<['newer' | 'unreadable', RegExp]>([
    ['newer', /update autonomous-tui/],
    ['unreadable', /cannot be read/],
  ])('whose record is %s is listed and not acted on', (kind, problem) => {
    const view = hubTaskView({ place, found: { kind }, silentMs: null, now });
    expect(view.valid).toBe(false);
    expect(view.problem).toMatch(problem);
  });
});

describe('what a hostile machine writes', () => {
  const odd = fc.constantFrom<unknown>(
    ...[-1, 0, 1.5, 1e308, -1e308, 8.64e15, 8.64e15 + 1, Number.MAX_SAFE_INTEGER],
    ...[
      '\u001B[2J',
      '\u009B31m',
      '\u202Edcba',
      'x'.repeat(100_000),
      '',
      '\u0000',
      null,
      true,
      [],
      {},
    ],
  );
  /** Some fields of a record, at any depth, become something else. */
  const changed = fc.array(fc.tuple(fc.nat(1000), odd), { maxLength: 8 });
  const spoilt = fc.tuple(fc.boolean(), changed).map(([hasEnded, changes]) => {
    const ending = hasEnded ? ({ kind: 'failed', sentence: 'no Codex', at: 1 } as const) : null;
    const wait = { reason: 'usage limit', until: now };
    const run = recordWith({ ticked: 1, steps: 2, wait, ending });
    const lease = { task: key, owner: 'machine-b', epoch: 1, nonce: 'n', hubStart: 'S' };
    const record = { version: 1, ...lease, written: 'w', run, offer, continued: null };
    const text = JSON.parse(JSON.stringify(record)) as Record<string, unknown>;
    for (const [index, value] of changes) spoil(text, index, value);
    return JSON.stringify(text);
  });

  const escape = '\u001B]0;x\u0007\u202E' + 'y'.repeat(100_000);
  test.each<[string, Around]>([
    ['why it failed', { run: ended('failed', escape) }],
    [
      'what it waits for',
      { run: recordWith({ phase: 'waiting', wait: { reason: escape, until: 1e308 } }) },
    ],
    ['what stands against its end', { run: recordWith({ unmet: escape }) }],
    ['why it cannot go on', { owner: null, run: recordWith({ unrecovered: escape }) }],
    ['its run', { run: recordWith({ run: escape }) }],
  ])('is plain and short where it says %s', (_what, around) => {
    expectPlain({ ...viewOf(around), name: '', host: '', project: '' });
  });

  test('is drawn as plain text, at any size, and throws nowhere', () => {
    fc.assert(
      fc.property(
        spoilt,
        fc.constantFrom('docs', '\u001B[2Jx', 'é'.repeat(300), '..'),
        (text, name) => {
          const found = readHubTask(text, key);
          const view = hubTaskView({ place: { ...place, name }, found, silentMs: null, now });
          // Where it is may be anything; what is shown of it is the label.
          expectPlain({ ...view, name: '', host: '', project: '' });
          for (const form of ['wide', 'narrow', 'compact'] as const) {
            const pane = { tasks: [view], selected: null, top: 0, form, width: 80, height: 5, now };
            const rows = taskRows({ ...pane, animationFrame: 0 });
            const board = {
              project: 'all',
              tasks: [view],
              problem: null,
              hint: null,
              looked: true,
            };
            const status = {
              board,
              task: view,
              notice: null,
              width: 80,
              now,
              says: 'state' as const,
            };
            for (const row of [...rows, ...statusRows(status, 2)]) {
              const drawn = row.map((run) => run.text).join('');
              expect(drawn).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
              expect(drawn.length).toBeLessThan(200);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Replaces the value at the `index`th place of all, counted through. */
function spoil(root: Record<string, unknown>, index: number, value: unknown): void {
  const places: [Record<string, unknown>, string][] = [];
  const walk = (object: Record<string, unknown>): void => {
    for (const [name, inner] of Object.entries(object)) {
      places.push([object, name]);
      if (inner !== null && typeof inner === 'object') walk(inner as Record<string, unknown>);
    }
  };
  walk(root);
  const [object, name] = places[index % places.length]!;
  object[name] = value;
}

/** Every text can be printed, and every number can be one of ours. */
function expectPlain(value: unknown): void {
  if (typeof value === 'string') {
    expect(value).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
    expect(value.length).toBeLessThan(2000);
  }
  if (typeof value === 'number') {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThanOrEqual(1e15);
  }
  if (value !== null && typeof value === 'object') Object.values(value).forEach(expectPlain);
}
