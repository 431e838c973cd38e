// Whether each number of a report is what those say who must know: the model, which was asked and says what it charged, the
// logs, the process table, and git. It is never compared with the program's own state.

import type { Usage } from '../../../source/core/codex/log-event.ts';
import { isObject, type JsonObject } from '../../../source/core/json/json.ts';
import { defaultUsage } from '../../../source/demo/responses-api.ts';
import type { LoggedSession, WholeLog } from '../outside/whole-log.ts';
import { unionMs } from './accounting.ts';
import type { Played } from './night.ts';
import { partsFile, type Reported, type ReportedTask } from './reported.ts';

export function reportBreaches(played: Played): string[] {
  return played.plan.tasks.flatMap((task) => {
    const reported = played.reported.find(({ report }) => report.name === task);
    const log = played.logs.find((one) => one.task === task);
    if (reported === undefined || log === undefined) return [`${task} is in no report`];
    const { report } = reported;
    return [
      ...sessionBreaches(report, log, played),
      ...stepBreaches(report, played),
      ...tokenBreaches(report, log, played),
      ...checkBreaches(report, log, played),
      ...waitBreaches(report, log, played),
      ...fileBreaches(reported),
    ].map((breach) => `the report of ${task}: ${breach}`);
  });
}

/** Says so if they differ. */
function differs(what: string, reported: unknown, known: unknown): string[] {
  const [said, is] = [reported, known].map((value) => JSON.stringify(value));
  return said === is ? [] : [`${what} ${said}, and not ${is}`];
}

function sessionBreaches(
  { sessions, state }: ReportedTask,
  log: WholeLog,
  { journal }: Played,
): string[] {
  const facts = ({ number, role, outcome }: Pick<LoggedSession, 'number' | 'role' | 'outcome'>) =>
    `${number} ${role} ${outcome}`;
  const seen = new Set(sessions.list.map(({ number }) => number));
  const asked = new Set(journal.flatMap((one) => (one.task === log.task ? [one.session] : [])));
  const outcomes = sessions.byOutcome.map(({ outcome, count }) => `${outcome} ${count}`);
  return [
    ...differs('state', state, 'done'),
    ...differs('sessions', sessions.list.map(facts), log.sessions.map(facts)),
    ...differs(
      'their starts',
      sessions.list.map(({ startedAt }) => Date.parse(startedAt)),
      log.sessions.map(({ startedAt }) => startedAt),
    ),
    ...differs('number of sessions', sessions.ended, log.sessions.length),
    ...differs('unknown sessions', sessions.unknown, 0),
    ...differs('running session', sessions.running, null),
    ...differs('outcomes', outcomes.sort(), countsOf(log.sessions.map(({ outcome }) => outcome))),
    ...[...asked].flatMap((session) =>
      seen.has(session) ? [] : [`session ${session}, which asked the model, is missing`],
    ),
  ];
}

function countsOf(words: readonly (string | null)[]): string[] {
  const counts = Map.groupBy(words, (word) => word);
  return [...counts].map(([word, all]) => `${word} ${all.length}`).sort();
}

/** One step per session: the model ticks it before it says its last word. */
function stepBreaches(
  { name, steps, sessions }: ReportedTask,
  { journal, plan }: Played,
): string[] {
  const asked = journal.filter(({ task, role }) => task === name && role === 'executor');
  const has = (session: number, moment: 'tick' | 'end'): boolean =>
    asked.some((one) => one.session === session && one.moment === moment);
  const inSessions = sessions.list.reduce((sum, one) => sum + one.steps, 0);
  return [
    ...differs('steps', steps, { ...steps, done: plan.steps, total: plan.steps }),
    ...differs('ticked steps', steps.ticked, plan.steps),
    ...differs('steps of its sessions', inSessions, plan.steps),
    ...sessions.list.flatMap(({ number, steps: ticked }) => {
      if (has(number, 'end')) return differs(`steps of session ${number}`, ticked, 1);
      if (has(number, 'tick')) return [];
      return differs(`steps of session ${number}`, ticked, 0);
    }),
  ];
}

/** Codex says with each completed turn what its conversation has used so far. */
function tokenBreaches(report: ReportedTask, log: WholeLog, { charged }: Played): string[] {
  const totals = new Map<string, Usage>();
  const known = log.sessions.map((session) => {
    const thread = threadOf(session);
    const usage = session.events.findLast(({ type }) => type === 'turn.completed')?.['usage'];
    if (thread === null || !isObject(usage)) return null;
    const [before, now] = [totals.get(thread) ?? none, usageOf(usage)];
    totals.set(thread, now);
    return mapUsage((name) => now[name] - before[name]);
  });
  const sum = known.reduce<Usage>(
    (all, usage) => mapUsage((name) => all[name] + (usage?.[name] ?? 0)),
    none,
  );
  const { sessionsWithout, ...tokens } = report.tokens;
  return [
    ...differs(
      'tokens of its sessions',
      report.sessions.list.map(({ usage }) => usage && mapUsage((name) => usage[name])),
      known,
    ),
    ...differs(
      'tokens',
      mapUsage((name) => tokens[name]),
      sum,
    ),
    ...differs(
      'sessions without tokens',
      sessionsWithout,
      known.filter((usage) => usage === null).length,
    ),
    ...[...totals].flatMap(([thread, { inputTokens }]) => {
      const answers = charged.filter((one) => one.threadId === thread);
      const asked = new Set(answers.map(({ turn, tools }) => `${turn} ${tools}`));
      const [least, most] = [asked.size, answers.length].map((count) => count * perAnswer);
      const isUndisturbed = log.sessions.every(
        (session) => threadOf(session) !== thread || session.outcome === 'completed',
      );
      return inputTokens > most! || (isUndisturbed && inputTokens < least!)
        ? [`${inputTokens} tokens of input for ${answers.length} answers of the model`]
        : [];
    }),
  ];
}

const none = mapUsage(() => 0);
const perAnswer = defaultUsage.inputTokens;

function mapUsage(value: (name: keyof Usage) => number): Usage {
  return {
    inputTokens: value('inputTokens'),
    cachedInputTokens: value('cachedInputTokens'),
    outputTokens: value('outputTokens'),
    reasoningTokens: value('reasoningTokens'),
  };
}

const words: Readonly<Record<keyof Usage, string>> = {
  inputTokens: 'input_tokens',
  cachedInputTokens: 'cached_input_tokens',
  outputTokens: 'output_tokens',
  reasoningTokens: 'reasoning_output_tokens',
};

function usageOf(usage: JsonObject): Usage {
  return mapUsage((name) => Number(usage[words[name]] ?? 0));
}

function threadOf({ events }: LoggedSession): string | null {
  const thread = events.find(({ type }) => type === 'thread.started')?.['thread_id'];
  return typeof thread === 'string' ? thread : null;
}

function checkBreaches({ name, checks }: ReportedTask, log: WholeLog, { plan }: Played): string[] {
  if (name !== plan.checked) return differs('checks', checks.length, 0);
  const passed = log.checks.filter(({ exitCode }) => exitCode === 0).length;
  const said = checks.map((check) => [check.passed, check.failed]);
  return differs('checks (passed, failed)', said, [[passed, log.checks.length - passed]]);
}

/** Codex's own waits are in its sessions: a task waits only while no session of it lives. */
function waitBreaches({ waits, name }: ReportedTask, log: WholeLog, played: Played): string[] {
  const { processes, beganAt, endedAt, struck } = played;
  const uuids = new Set(log.sessions.map(({ uuid }) => uuid));
  const lives = processes.filter(({ uuid }) => uuid !== null && uuids.has(uuid));
  const atWork = unionMs(
    lives.map(({ firstSeen, lastSeen }) => ({ from: firstSeen, to: lastSeen })),
  );
  const waited = waits
    .filter(({ reason }) => reason !== 'network')
    .reduce((sum, { durationMs }) => sum + durationMs, 0);
  const most = endedAt - beganAt - atWork + seenLateMs * (log.sessions.length + 1);
  const limits = struck.filter(({ kind, task }) => kind.name === 'usage limit' && task === name);
  return [
    ...(waited > most ? [`${waited} ms of waits, and no session lived for ${most} ms`] : []),
    ...limits.flatMap(({ uuid, at, mendedAt }) => {
      const ended = lives.filter((one) => one.uuid === uuid).map(({ lastSeen }) => lastSeen);
      const least = (mendedAt ?? at) - Math.max(at, ...ended) - settledMs;
      const limit = waits.find(({ reason }) => reason === 'usage limit');
      if (least <= 0 || limit?.unknown) return [];
      const { durationMs } = limit ?? { durationMs: 0 };
      return durationMs < least
        ? [`${durationMs} ms of waits for the usage limit, which held for ${least} ms`]
        : [];
    }),
  ];
}

/** The process table is read ten times a second, and a process is known a little after it began. */
const seenLateMs = 500;
/** What comes between a session and the wait after it. */
const settledMs = 5000;

function fileBreaches({ report: { name, files }, changed, lines }: Reported): string[] {
  if (files === null || 'problem' in files) return [`no files: ${JSON.stringify(files)}`];
  if (changed === null) return ['git has not the checkpoints that it names'];
  const sum = (what: 'added' | 'removed'): number =>
    changed.reduce((all, one) => all + one[what], 0);
  const own = files.list.find(({ path }) => path === partsFile(name));
  return [
    ...differs('files', facts(files.list), facts(changed)),
    ...differs('number of files', files.count, changed.length),
    ...differs('added lines', files.added, sum('added')),
    ...differs('removed lines', files.removed, sum('removed')),
    ...differs(`lines of ${partsFile(name)}`, own?.added, lines),
  ];
}

function facts(
  files: readonly { path: string; added: number; removed: number }[],
): readonly string[] {
  return files.map(({ path, added, removed }) => `${path} +${added} -${removed}`).sort();
}
