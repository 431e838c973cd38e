// A night in words: one line per fault, and how long everything took.
//
//    3  0:14  alpha  step 2 work  Codex killed    codex 4242 gone    session 3 ended: interrupted; session 4 fresh    2.1 s

import type { LoggedCheck } from '../outside/whole-log.ts';
import { unionMs, type Account } from './accounting.ts';
import type { Played } from './night.ts';
import type { Verdict } from './verdict.ts';

export function nightReport(played: Played, verdict: Verdict): string[] {
  const rows = [...verdict.accounts]
    .sort((one, other) => one.fault.at - other.fault.at)
    .map((account) => rowOf(account, played));
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [
    ...rows.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    '',
    ...verdict.overheads.map(
      ({ task, elapsedMs, faultFreeMs, imposedMs, undoneMs, factor }) =>
        `${task}: ${seconds(elapsedMs)}, of which the faults imposed ${seconds(imposedMs)} of waiting; the rest is ` +
        `${factor.toFixed(2)} times the fault-free ${seconds(faultFreeMs)} ` +
        `(${seconds(undoneMs)} of it was work that they undid)`,
    ),
    `${played.struck.length} faults of ${new Set(played.struck.map(({ kind }) => kind.name)).size} kinds, seed ${played.plan.seed}, ` +
      `${seconds(played.endedAt - played.beganAt)}, ${played.journal.length} requests`,
    ...played.logs.flatMap(({ task, checks }) =>
      checks.length === 0 ? [] : [`${task}: ${checkWords(checks)}`],
    ),
    ...verdict.breaches.map((breach) => `✗ ${breach}`),
    verdict.breaches.length === 0 ? '✓ The night is won.' : '✗ The night is lost.',
  ];
}

function checkWords(checks: readonly LoggedCheck[]): string {
  const failed = checks.filter(({ exitCode }) => exitCode !== 0).length;
  return `its check failed ${failed} of ${checks.length} times`;
}

function rowOf(account: Account, played: Played): string[] {
  const { fault, lostMs, imposed } = account;
  const { asked } = fault;
  return [
    String(fault.number).padStart(2),
    clock(fault.at - played.beganAt),
    fault.task,
    `step ${asked.step} ${asked.moment}`,
    fault.kind.name,
    fault.evidence ?? 'not seen',
    whatWasDone(account, played),
    `${seconds(lostMs)} lost`,
    `${seconds(unionMs(imposed))} imposed`,
  ];
}

function whatWasDone({ fault, next, outcome }: Account, { processes }: Played): string {
  const { session } = fault.asked;
  const parts: string[] = [];
  if (fault.answer !== null) parts.push(fault.answer);
  if (fault.kind.name.startsWith('runner') && fault.kind.name.endsWith('killed')) {
    const heir = processes.find(
      ({ kind, task, firstSeen }) =>
        kind === 'runner' && task === fault.task && firstSeen > fault.at,
    );
    if (heir !== undefined) {
      parts.push(`runner ${heir.pid} took over after ${seconds(heir.firstSeen - fault.at)}`);
    }
  }
  parts.push(`session ${session} ended: ${outcome ?? 'in no log'}`);
  if (next !== null && outcome !== 'completed') {
    parts.push(`${next.turn > 1 ? 'resumed' : 'a fresh thread'} in session ${next.session}`);
    const [note] = next.notes;
    if (note !== undefined) parts.push(`told: “${note.slice(0, 48)}…”`);
  }
  return parts.join('; ');
}

function clock(ms: number): string {
  const total = Math.floor(ms / 1000);
  return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
