// Results as lines on the terminal, and as bench/RESULTS.md.

import { execFileSync } from 'node:child_process';
import { cpus, totalmem, type } from 'node:os';
import type { Goal, Measured, RowResult } from './row.ts';

export function lineOf({ row, ours, floor, peers, share }: RowResult): string {
  const parts = [
    `${share <= 1 ? '✓' : '✗'} ${row.name}: ${number(ours.value)} ${row.unit}`,
    `goal ${goalWords(row.goal, row.unit)}`,
    ...(floor === null ? [] : [`floor ${number(floor.value)}`]),
    ...Object.entries(peers).map(([name, peer]) => `${name} ${peerWords(peer)}`),
  ];
  return parts.join(', ');
}

/** The results of a run. `wrong`: one sentence for each row that could not be measured; `leftOut`: for each that was not. */
export type Results = {
  results: readonly RowResult[];
  wrong: readonly string[];
  leftOut: readonly string[];
  beganAt: Date;
};

export function resultsPage({ results, wrong, leftOut, beganAt }: Results): string {
  const reached = results.filter(({ share }) => share <= 1).length;
  return [
    '# Results',
    '',
    '`npm run bench` writes this page. All sides of a row were measured on one machine in one run, in turn, round by',
    'round. The numbers are medians (or the quantile that is named); eight of ten samples are in the range in brackets.',
    'A peer that was not installed supports no claim.',
    '',
    `${machineWords(beganAt)} · ${reached} of ${results.length + wrong.length} goals reached`,
    '',
    '| what | ours | goal | floor | ours / floor | peers |',
    '| --- | --- | --- | --- | --- | --- |',
    ...results.map(tableRow),
    '',
    ...[...wrong, ...leftOut].flatMap((sentence) => [`**${sentence}**`, '']),
  ].join('\n');
}

/** When, where and what was measured. */
export function machineWords(at = new Date()): string {
  return (
    `${at.toISOString().slice(0, 10)} · ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ` +
    `${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} · Node ${process.version.slice(1)} · ` +
    `autonomous-tui ${commit()}`
  );
}

function tableRow({ row, ours, floor, peers, share }: RowResult): string {
  const short = share <= 1 ? '' : ` **short: ${share.toFixed(1)} × the goal**`;
  const cells = [
    `${row.what} (\`${row.name}\`)`,
    `${withSpread(ours)} ${row.unit}${short}`,
    goalWords(row.goal, row.unit),
    floor === null ? '–' : `${withSpread(floor)} ${row.unit}`,
    floor === null || floor.value === 0 ? '–' : `${(ours.value / floor.value).toFixed(2)} ×`,
    Object.entries(peers)
      .map(([name, peer]) => `${name}: ${peerWords(peer)}${ratioTo(peer, ours)}`)
      .join('; ') || '–',
  ];
  return `| ${cells.join(' | ')} |`;
}

function peerWords(peer: Measured | null): string {
  return peer === null ? 'not measured' : withSpread(peer);
}

function ratioTo(peer: Measured | null, ours: Measured): string {
  if (peer === null || ours.value === 0) return '';
  return `, ${(peer.value / ours.value).toFixed(1)} × ours`;
}

function goalWords(goal: Goal, unit: string): string {
  switch (goal.kind) {
    case 'at most':
      return `≤ ${goal.value} ${unit}`;
    case 'times the floor':
      return `≤ ${goal.value} × the floor`;
    case 'times a peer':
      return goal.value < 0.1
        ? `≤ 1/${Math.round(1 / goal.value)} of ${goal.peer}`
        : `≤ ${goal.value} × ${goal.peer}`;
    case 'at least times the floor':
      return `≥ ${goal.value} × the floor`;
    case 'at least times a peer':
      return `≥ ${goal.value} × ${goal.peer}`;
    default:
      return goal satisfies never;
  }
}

function withSpread({ value, least, most, samples }: Measured): string {
  return samples === 1 ? number(value) : `${number(value)} (${number(least)}–${number(most)})`;
}

function number(value: number): string {
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'outside a repository';
  }
}
