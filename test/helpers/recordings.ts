// Recorded output of the real Codex, by version and scenario. See test/fixtures/codex.

import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../fixtures/codex/', import.meta.url);

export const recordedVersions = ['0.60.1', '0.98.0', '0.130.0', '0.169.0'] as const;

export type RecordedVersion = (typeof recordedVersions)[number];

/** Names of the scenarios recorded with this version. */
export function recordedScenarios(version: RecordedVersion): string[] {
  return readdirSync(new URL(`${version}/`, root))
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => name.slice(0, -'.jsonl'.length))
    .sort();
}

/** Lines of the scenario's stdout. */
export function recordedLines(version: RecordedVersion, scenario: string): string[] {
  const text = readFileSync(new URL(`${version}/${scenario}.jsonl`, root), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

/** A line of more than a MiB, as after a command that prints three megabytes. */
export function bigLine(): string {
  return JSON.stringify({
    type: 'item.completed',
    item: {
      id: 'item_0',
      type: 'command_execution',
      command: String.raw`/bin/bash -lc "head -c 3000000 /dev/zero | tr \"\\0\" x"`,
      aggregated_output: 'x'.repeat(1024 * 1024),
      exit_code: 0,
      status: 'completed',
    },
  });
}
