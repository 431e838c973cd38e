// The verdict's own laws: a clean night is won, and every single thing that can go wrong loses it.

import { describe, expect, test } from 'vitest';
import type { Usage } from '../../../source/core/codex/log-event.ts';
import type { Asked, Moment } from '../outside/asked.ts';
import type { SeenProcess } from '../outside/process-watch.ts';
import type { LoggedSession, WholeLog } from '../outside/whole-log.ts';
import type { StruckFault } from './fault.ts';
import { clockFaults } from './file-faults.ts';
import { faultKinds } from './kinds.ts';
import type { Played } from './night.ts';
import type { Reported, ReportedTask } from './reported.ts';
import { judgeNight, type FaultFree } from './verdict.ts';

const steps = 12;
const tasks = ['alpha', 'beta'] as const;
const moments: readonly Moment[] = ['start', 'work', 'tick', 'end'];
/** From one request to the next, ms. */
const paceMs = 500;
const usual: FaultFree['usual'] = new Map(moments.map((moment) => [moment, paceMs]));
const wholeMs = (steps * moments.length - 1) * paceMs;
const faultFree: FaultFree = { usual, elapsedMs: new Map(tasks.map((task) => [task, wholeMs])) };

const uuidOf = (task: string, session: number): string => `${task}-${session}`;

function askedOf(task: string, session: number, tools: number): Asked {
  const at = ((session - 1) * moments.length + tools) * paceMs;
  const moment = moments[tools]!;
  const more = { notes: [], threadId: null, turn: 1, answeredBy: null } as const;
  return { at, task, session, role: 'executor', step: session, moment, tools, ...more };
}

function sessionOf(task: string, session: number): LoggedSession {
  const tool = { type: 'item.completed', item: { type: 'command_execution' } };
  const usage = { input_tokens: 4000, cached_input_tokens: 800, output_tokens: 200 };
  return {
    uuid: uuidOf(task, session),
    number: session,
    role: 'executor',
    resumes: null,
    startedAt: 0,
    endedAt: 1,
    outcome: 'completed',
    events: [
      ...[tool, tool, tool],
      { type: 'thread.started', thread_id: uuidOf(task, session) },
      { type: 'turn.completed', usage },
    ],
  };
}

const usageOf = (sessions: number): Usage => ({
  inputTokens: 4000 * sessions,
  cachedInputTokens: 800 * sessions,
  outputTokens: 200 * sessions,
  reasoningTokens: 0,
});

function reportedOf(task: string): Reported {
  const changed = [{ path: `${task}-parts.txt`, added: steps, removed: 0 }];
  const session = (index: number) => ({
    ...{ number: index + 1, role: 'executor', startedAt: new Date(0).toISOString() },
    ...{ outcome: 'completed', steps: 1, usage: usageOf(1) },
  });
  const counts = { count: 1, added: steps, removed: 0, fromSession: 1, toSession: steps };
  const report: ReportedTask = {
    name: task,
    state: 'done',
    steps: { done: steps, total: steps, ticked: steps },
    sessions: {
      ended: steps,
      byOutcome: [{ outcome: 'completed', count: steps }],
      running: null,
      unknown: 0,
      list: Array.from({ length: steps }, (_, index) => session(index)),
    },
    checks: task === 'beta' ? [{ passed: 1, failed: 1 }] : [],
    waits: [{ reason: 'its turn', count: 1, durationMs: 10, unknown: 0 }],
    tokens: { ...usageOf(steps), sessionsWithout: 0 },
    files: { ...counts, list: changed },
  };
  return { report, changed, lines: steps };
}

/** Twenty-five kinds, none of which costs anything. */
function faultsOf(journal: readonly Asked[]): StruckFault[] {
  const harmless = faultKinds.filter(({ name }) => name !== 'usage limit').slice(0, 25);
  return harmless.map((kind, index) => {
    const asked = journal[index * 3]!;
    return {
      ...{ number: index + 1, kind: { ...kind, imposes: { dyingMs: 0, waitMs: 0 } } },
      ...{ task: asked.task, step: asked.step, moment: asked.moment, chance: 0 },
      ...{ asked, at: asked.at, uuid: uuidOf(asked.task, asked.session) },
      ...{ mendedAt: null, evidence: 'it was seen', answer: null, isAtWork: false },
    };
  });
}

type Changes = { -readonly [Name in keyof Played]?: Played[Name] };

function nightWith(change: (clean: Played) => Changes = () => ({})): Played {
  const numbers = Array.from({ length: steps }, (_, index) => index + 1);
  const journal = tasks.flatMap((task) =>
    numbers.flatMap((session) => moments.map((_, tools) => askedOf(task, session, tools))),
  );
  const clean: Played = {
    plan: { seed: 1, tasks, steps, checked: 'beta', faults: [] },
    journal,
    struck: faultsOf(journal),
    missed: [],
    logs: tasks.map((task) => ({
      ...{ task, torn: [], breaches: [] },
      checks: task === 'beta' ? [{ exitCode: 1 }, { exitCode: 0 }] : [],
      sessions: numbers.map((session) => sessionOf(task, session)),
    })),
    processes: [],
    together: [{ at: 1, uuids: [uuidOf('alpha', 1), uuidOf('beta', 1)] }],
    lists: tasks.map((task) => ({ task, done: steps, total: steps })),
    reported: tasks.map(reportedOf),
    charged: tasks.flatMap((task) =>
      numbers.flatMap((session) =>
        moments.map((_, tools) => ({ threadId: uuidOf(task, session), turn: 1, tools })),
      ),
    ),
    leftBehind: [],
    gaveUp: null,
    beganAt: 0,
    endedAt: wholeMs,
  };
  return { ...clean, ...change(clean) };
}

const breachesOf = (change?: (clean: Played) => Changes): readonly string[] =>
  judgeNight(nightWith(change), faultFree).breaches;

const logWith = ({ logs }: Played, change: (log: WholeLog) => Partial<WholeLog>): WholeLog[] =>
  logs.map((log, index) => (index === 0 ? { ...log, ...change(log) } : log));

const reportWith = (
  { reported }: Played,
  change: (report: ReportedTask) => Partial<ReportedTask>,
): Changes => ({
  reported: reported.map((one, index) =>
    index === 0 ? { ...one, report: { ...one.report, ...change(one.report) } } : one,
  ),
});

const sessionsWith = (
  { sessions }: ReportedTask,
  change: Partial<ReportedTask['sessions']>,
): Pick<ReportedTask, 'sessions'> => ({ sessions: { ...sessions, ...change } });

const work = (session: number, step: number): Asked => ({ ...askedOf('alpha', session, 1), step });

test('a night without a breach is won', () => {
  expect(breachesOf()).toEqual([]);
});

test.each([
  ['past the time of a usage limit', [clockFaults.forward], 0],
  ['and back again', [clockFaults.forward, clockFaults.back], 1],
  ['past it when the session had begun', [clockFaults.forward], 1, 5500],
])('a usage limit is judged by a clock that was set %s', (_how, names, breaches, at = 4000) => {
  const found = breachesOf((clean) => {
    const { struck, processes } = startedInVain(clean);
    const others = struck!.filter(({ kind }) => !kind.name.startsWith('clock set'));
    const shifts = names.map((name) => ({
      ...others[1]!,
      at,
      kind: faultKinds.find((kind) => kind.name === name)!,
    }));
    return { processes, struck: [...others, ...shifts] };
  });
  expect(found.filter((breach) => breach.includes('while the usage limit'))).toHaveLength(breaches);
});

describe('a night is lost', () => {
  const unstruck = { struck: [] };

  test.each<[string, (clean: Played) => Changes, RegExp]>([
    [
      'when a task is not done in the morning',
      () => ({ lists: [{ task: 'alpha', done: 11, total: steps }] }),
      /alpha is not done: 11\/12/,
    ],
    ['when it does not finish', () => ({ gaveUp: 'no request' }), /did not finish/],
    [
      'when a process is left behind',
      () => ({ leftBehind: ['codex 42'] }),
      /left behind: codex 42/,
    ],
    [
      'when two sessions of a task live at the same time',
      () => ({ together: [{ at: 1, uuids: [uuidOf('alpha', 1), uuidOf('alpha', 2)] }] }),
      /lived together/,
    ],
    [
      'when an earlier session sends a request after a later one',
      ({ journal }) => ({ journal: [...journal, { ...askedOf('alpha', 3, 3), at: wholeMs }] }),
      /session 3 sent a request after session 12 had/,
    ],
    [
      'when a step is worked again after it was ticked',
      ({ journal }) => ({ journal: [...journal, { ...work(13, 2), at: wholeMs }] }),
      /step 2 of session 2 was ticked, and session 13 worked it again/,
    ],
    [
      'when a step is worked again although nothing ended its session',
      ({ journal }) => ({
        ...unstruck,
        journal: [
          ...journal.filter(
            (one) => !(one.task === 'alpha' && one.session === 12 && one.tools > 1),
          ),
          { ...work(13, 12), at: wholeMs },
        ],
      }),
      /step 12 of session 12 had no reason to be worked again in session 13/,
    ],
    [
      'when a line of a log is lost',
      (clean) => ({
        logs: logWith(clean, ({ sessions }) => ({
          sessions: sessions.map((one) => ({ ...one, events: one.events.slice(1) })),
        })),
      }),
      /reported 3 tools, the log has 2/,
    ],
    [
      'when a session is in no log',
      (clean) => ({ logs: logWith(clean, ({ sessions }) => ({ sessions: sessions.slice(1) })) }),
      /session 1 is in the log 0 times/,
    ],
    [
      'when a log breaks its own laws',
      (clean) => ({ logs: logWith(clean, () => ({ breaches: ['line 3 is torn'] })) }),
      /line 3 is torn/,
    ],
    [
      'when the task with the check ends behind one that failed',
      ({ logs }) => ({ logs: logs.map((log) => ({ ...log, checks: [{ exitCode: 1 }] })) }),
      /beta ended behind a check that failed/,
    ],
    [
      'when the check of its task never ran',
      ({ logs }) => ({ logs: logs.map((log) => ({ ...log, checks: [] })) }),
      /no check of beta is in its log/,
    ],
    ['when a fault finds no moment to strike', () => ({ missed: ['429'] }), /429 found no moment/],
    [
      'when a fault was not observed',
      ({ struck }) => ({ struck: struck.map((one) => ({ ...one, evidence: null })) }),
      /fault 1 \(.*\) was not observed/,
    ],
    [
      'when fewer than twenty-five faults struck',
      ({ struck }) => ({ struck: struck.slice(1) }),
      /only 24 faults of 24 kinds/,
    ],
    [
      'when the faults were of fewer than fifteen kinds',
      ({ struck }) => ({
        struck: struck.map((one, index) => ({ ...one, kind: struck[index % 14]!.kind })),
      }),
      /only 25 faults of 14 kinds/,
    ],
    [
      'when it stood still longer than the faults imposed',
      ({ journal }) => ({
        ...unstruck,
        journal: journal.map((one) => (one.session > 6 ? { ...one, at: one.at + 9000 } : one)),
      }),
      /alpha took 1\.\d+ times the fault-free time/,
    ],
    ['when Codex is started during a usage limit', startedInVain, /while the usage limit/],
    [
      'when the report leaves out a session',
      (clean) =>
        reportWith(clean, (report) =>
          sessionsWith(report, { list: report.sessions.list.slice(1), ended: steps - 1 }),
        ),
      /session 1, which asked the model, is missing/,
    ],
    [
      'when the report counts the outcomes wrong',
      (clean) =>
        reportWith(clean, (report) =>
          sessionsWith(report, { byOutcome: [{ outcome: 'completed', count: 11 }] }),
        ),
      /report of alpha: outcomes \["completed 11"\], and not \["completed 12"\]/,
    ],
    [
      'when the report gives a step to another session',
      (clean) =>
        reportWith(clean, (report) =>
          sessionsWith(report, {
            list: report.sessions.list.map((one, index) => ({
              ...one,
              steps: index === 0 ? 2 : 1,
            })),
          }),
        ),
      /steps of session 1 2, and not 1/,
    ],
    [
      'when the report says other tokens than Codex',
      (clean) => reportWith(clean, ({ tokens }) => ({ tokens: { ...tokens, outputTokens: 1 } })),
      /tokens \{.*"outputTokens":1,.*, and not \{.*"outputTokens":2400/,
    ],
    [
      'when Codex was charged for more than it says',
      ({ charged }) => ({
        charged: [...charged, { threadId: uuidOf('alpha', 1), turn: 1, tools: 4 }],
      }),
      /4000 tokens of input for 5 answers/,
    ],
    [
      'when the report says other checks than the log',
      (clean) => ({
        reported: clean.reported.map((one) => ({
          ...one,
          report: { ...one.report, checks: [{ passed: 2, failed: 0 }] },
        })),
      }),
      /report of beta: checks \(passed, failed\) \[\[2,0\]\], and not \[\[1,1\]\]/,
    ],
    [
      'when the report says longer waits than there was time for',
      (clean) =>
        reportWith(clean, () => ({
          waits: [{ reason: 'you', count: 1, durationMs: 86_400_000, unknown: 0 }],
        })),
      /86400000 ms of waits/,
    ],
    [
      'when the report says other files than git',
      ({ reported }) => ({
        reported: reported.map((one) => ({
          ...one,
          changed: [...(one.changed ?? []), { path: 'more.txt', added: 3, removed: 0 }],
        })),
      }),
      /added lines 12, and not 15/,
    ],
  ])('%s', (_when, change, breach) => {
    expect(breachesOf(change).join('\n')).toMatch(breach);
  });
});

function startedInVain({ struck }: Played): Changes {
  const [first] = struck;
  const kind = faultKinds.find(({ name }) => name === 'usage limit')!;
  const limit: StruckFault = { ...first!, kind, at: 0, mendedAt: 10_000 };
  const process = (uuid: string, [firstSeen, lastSeen]: [number, number]): SeenProcess => ({
    ...{ pid: 42, startTime: '1', kind: 'launcher', task: null },
    ...{ uuid, firstSeen, lastSeen },
  });
  return {
    struck: [limit, ...struck.slice(1)],
    processes: [process(limit.uuid!, [0, 1000]), process('another', [5000, 6000])],
  };
}
