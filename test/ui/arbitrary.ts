// Random data for the screen: texts in all scripts, tasks in every state, logs with every kind of entry. Texts are as
// the rest of the program passes them: cleaned, but otherwise foreign.

import fc from 'fast-check';
import { checkOutcomes } from '../../source/core/check/check.ts';
import { clean, cleanLine } from '../../source/core/text/clean.ts';
import type { ChangesSnapshot } from '../../source/core/changes/changes.ts';
import { changedFile, changesOf } from './sample-changes.ts';
import type { TaskView } from '../../source/core/task/board.ts';
import type { ItemStatus } from '../../source/core/codex/log-event.ts';
import type { Entry, EntryBody } from '../../source/core/log/entry.ts';
import type { SessionSummary } from '../../source/core/log/session-summary.ts';
import type { TaskDetails } from '../../source/core/task/details.ts';
import type { StateWord } from '../../source/core/task/state.ts';
import { now, state, task } from './sample.ts';

const pieces = [
  'a',
  'word',
  '  ',
  '\t',
  '\n',
  'Grüße',
  '日本語',
  '世',
  '한글',
  '😀',
  '👍🏽',
  '👩‍👩‍👧',
  '🇩🇪',
  '🇩🇪🇫🇷',
  'é',
  'e\u0301',
  'ก็',
  'नि',
  '☑️',
  '✓',
  '─',
  '…',
  '**bold**',
  '`code`',
  '- item\n',
  '1. item',
  '# heading',
  '```\n',
  '[words](path/to.ts)',
  'https://example.org/a/very/long/path/that/has/no/end',
];

/** Several lines of any text. */
export const foreignText = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 12 })), {
    maxLength: 25,
  })
  .map((parts) => clean(parts.join('')).replaceAll('\t', '    '));

/** Text with tabs, and with everything that `clean` would have removed. */
export const dirtyText = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

const foreignLine = foreignText.map((text) => cleanLine(text));

const words: readonly StateWord[] = [
  'idle',
  'starting',
  'queued',
  'running',
  'checking',
  'pausing',
  'paused',
  'waiting',
  'needs you',
  'interrupted',
  'stopped',
  'failed',
  'done',
  'no list',
];

const time = fc.option(fc.integer({ min: now - 3e8, max: now }), { freq: 3 });

export const anyTask: fc.Arbitrary<TaskView> = fc
  .record({
    name: fc.oneof(foreignLine, fc.stringMatching(/^[a-z][a-z0-9-]{0,63}$/)),
    word: fc.constantFrom(...words),
    reason: fc.option(foreignLine),
    until: time,
    total: fc.nat(2000),
    done: fc.nat(2000),
    hasList: fc.boolean(),
    valid: fc.boolean(),
    isFull: fc.boolean(),
    session: fc.option(fc.nat(999)),
    problem: fc.option(foreignLine, { freq: 8 }),
    unmet: fc.option(foreignLine),
    unproven: fc.constantFrom(0, 0, 2, 1000),
  })
  .map(({ word, reason, until, isFull, session, ...rest }) =>
    task(rest.name, {
      ...rest,
      mend: rest.valid ? null : `mv '${rest.name}' task`,
      state: state(word, { reason, until }),
      nextStep: { number: 1, text: rest.name },
      sandbox: isFull ? 'danger-full-access' : 'workspace-write',
      session:
        session === null
          ? null
          : { number: session, role: 'executor', startedAt: now - 1e6, endedAt: null },
      usage: { inputTokens: 1e6, cachedInputTokens: 0, outputTokens: 1e4, reasoningTokens: 0 },
    }),
  );

export const anyTasks = fc.uniqueArray(anyTask, { selector: ({ name }) => name, maxLength: 20 });

const status = fc.constantFrom<ItemStatus>('in progress', 'completed', 'failed', 'declined');

export const anyBody: fc.Arbitrary<EntryBody> = fc.oneof(
  fc.record({ kind: fc.constantFrom('message', 'reasoning'), text: foreignText }),
  fc.record({
    kind: fc.constant('command'),
    command: foreignText,
    output: foreignText,
    colours: fc.constant([
      { at: 1, color: 'red' },
      { at: 3, bold: true },
    ] as const),
    exitCode: fc.option(fc.integer()),
    status,
  }),
  fc.record({
    kind: fc.constant('file-changes'),
    status,
    changes: fc.array(
      fc.record({ path: foreignLine, change: fc.constantFrom('add', 'delete', 'update') }),
      { maxLength: 9 },
    ),
  }),
  fc.record({
    kind: fc.constant('tool-call'),
    server: foreignLine,
    tool: foreignLine,
    arguments: foreignText,
    answer: fc.option(foreignText),
    status,
  }),
  fc.record({
    kind: fc.constant('sub-agent'),
    tool: foreignLine,
    prompt: foreignText,
    states: foreignText,
    status,
  }),
  fc.record({ kind: fc.constant('search'), query: foreignLine }),
  fc.record({
    kind: fc.constant('to-dos'),
    items: fc.array(fc.record({ text: foreignLine, completed: fc.boolean() }), { maxLength: 6 }),
  }),
  fc.record({ kind: fc.constantFrom('warning', 'error'), message: foreignText }),
  fc.record({
    kind: fc.constant('check'),
    command: foreignLine,
    output: foreignText,
    outcome: fc.constantFrom(...checkOutcomes),
    exitCode: fc.option(fc.nat(255)),
    durationMs: fc.nat(4_000_000),
  }),
  fc.record({
    kind: fc.constant('retry'),
    attempt: fc.option(fc.nat(9)),
    of: fc.option(fc.nat(9)),
    reason: foreignLine,
  }),
  fc.record({
    kind: fc.constant('session'),
    session: fc.option(fc.nat(999)),
    role: fc.constantFrom('initializer', 'executor', null),
    resumes: fc.option(fc.uuid()),
    threadId: fc.option(fc.uuid()),
    uuid: fc.option(fc.uuid()),
    copy: fc.constantFrom('intact', 'changed', null),
    ended: fc.option(fc.record({ at: time, outcome: foreignLine, exitCode: fc.constant(0) })),
    cost: fc.constant(null),
  }),
  fc.record({ kind: fc.constantFrom('stderr', 'noise'), text: foreignText }),
  fc.record({ kind: fc.constant('unknown'), name: foreignLine, json: foreignLine }),
);

export const anyEntries: fc.Arbitrary<readonly Entry[]> = fc
  .array(fc.record({ body: anyBody, startedAt: time, endedAt: time }), { maxLength: 15 })
  .map((entries) =>
    entries.map((entry, index) => ({
      ...entry,
      key: `${index} entry`,
      offset: index * 100,
      lastOffset: index * 100,
      version: 1,
    })),
  );

/** Of a task that has run: steps of all kinds, ticks that fit and such that don't, notes, sessions. */
export const anyDetails: fc.Arbitrary<Omit<TaskDetails, 'task'>> = fc.record({
  description: fc.option(foreignText),
  directory: foreignLine,
  options: fc.array(foreignLine, { maxLength: 4 }),
  steps: fc
    .array(
      fc.record({
        text: foreignLine,
        done: fc.boolean(),
        phase: fc.option(foreignLine),
        depth: fc.nat(6),
        blocked: fc.boolean(),
      }),
      { maxLength: 40 },
    )
    .map((steps) => steps.map((step, index) => ({ ...step, number: index + 1 }))),
  ticks: fc.array(
    fc.record({
      at: fc.integer({ min: now - 3e8, max: now }),
      session: fc.nat(9),
      step: fc.nat(50),
    }),
    { maxLength: 40 },
  ),
  unproven: fc.array(fc.record({ number: fc.nat(50), session: fc.nat(9), reason: foreignLine }), {
    maxLength: 40,
  }),
  replaced: fc.option(
    fc.record({
      session: fc.nat(9),
      steps: fc.array(
        fc.record({ number: fc.nat(50), text: foreignLine, instead: fc.option(foreignLine) }),
        { minLength: 1, maxLength: 20 },
      ),
    }),
  ),
  notes: fc.option(foreignText),
  run: fc.option(
    fc.record({
      startedAt: fc.integer({ min: now - 3e8, max: now }),
      sandbox: fc.constantFrom('workspace-write', 'danger-full-access'),
      autoContinue: fc.boolean(),
      maxSessions: fc.option(fc.nat(9)),
      sessions: fc.nat(9),
    }),
  ),
});

/** Null: the log is still being read. */
/** Of the whole task, in a visit that began `now`. */
export const anyChanges: fc.Arbitrary<Omit<ChangesSnapshot, 'task'>> = fc
  .record({
    labels: fc.uniqueArray(foreignText, { maxLength: 30 }),
    texts: fc.array(foreignText, { maxLength: 60 }),
    from: fc.nat(2000),
    counted: fc.nat(40),
    problem: fc.option(foreignText, { freq: 6 }),
    meanwhile: fc.option(foreignText),
  })
  .map(({ labels, texts, from, counted, problem, meanwhile }) => {
    const { task: _, ...sample } = changesOf('any');
    const files = labels.map((label, at) =>
      changedFile(label, { meanwhile, renamedFrom: at % 3 === 0 ? label : null }),
    );
    const kinds = ['hunk', 'added', 'removed', 'same', 'note'] as const;
    const lines = texts.map((text, at) => ({
      kind: kinds[at % kinds.length] ?? 'same',
      text: text.replaceAll('\n', ' '),
      number: at % 2 === 0 ? null : from + at,
    }));
    const counts = new Map(
      labels
        .slice(0, counted)
        .map((label, at) => [
          label,
          at % 2 === 0
            ? ({ kind: 'lines', added: at, removed: from } as const)
            : ({ kind: 'binary', before: null, after: from } as const),
        ]),
    );
    const patch = { path: labels[0] ?? '', from, lines, total: null, problem: null };
    return { ...sample, files, counts, patch, problem };
  });

export const anySessions: fc.Arbitrary<readonly SessionSummary[] | null> = fc.option(
  fc.array(
    fc.record({
      number: fc.nat(999),
      role: fc.constantFrom('initializer', 'executor'),
      startedAt: time,
      endedAt: time,
      outcome: fc.option(foreignLine),
      cost: fc.option(
        fc.record({
          inputTokens: fc.nat(),
          cachedInputTokens: fc.nat(),
          outputTokens: fc.nat(),
          reasoningTokens: fc.nat(),
        }),
      ),
      copy: fc.constantFrom('intact', 'changed', null),
    }),
    { maxLength: 12 },
  ),
);
