// How soon a key or an appended line shows on the screen.

import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { keepWriting, openDashboard } from '../lib/screen/dashboard.ts';
import { makeProject, messageLine, taskName } from '../lib/project.ts';
import type { Row, Sides, Size } from '../lib/row.ts';
import { openScreen } from '../lib/screen/screen-program.ts';
import { keysPainted, linesShown } from '../lib/screen/seen-from-outside.ts';

const tailName = 'tail -F';

export const delayRows: readonly Row[] = [
  keyRow('key-p50', 0.5, 10),
  keyRow('key-p95', 0.95, 30),
  lineRow('log-on-screen', { quantile: 0.5, timesTail: 5, promisedMs: 10 }),
  lineRow('log-on-screen-late', { quantile: 0.99, timesTail: 5, promisedMs: 25 }),
];

/** `timesTail`: tail draws one line, and we a screen. `promisedMs`: on a machine with nothing else to do. */
type OnScreen = { quantile: number; timesTail: number; promisedMs: number };

/** Codex's line is read from the file of its session, in which the agent cannot write. */
function lineRow(name: string, { quantile, timesTail, promisedMs }: OnScreen): Row {
  return {
    name,
    what: `from a line that Codex appends to its frame, p${quantile * 100} (promised: ${promisedMs} ms)`,
    unit: 'ms',
    goal: { kind: 'times a peer', peer: tailName, value: timesTail },
    quantile,
    rounds: { whole: 3, short: 1 },
    // With few lines, the worst of a hundred shows only other load on the machine.
    isInShort: quantile < 0.9,
    open: async (size) => {
      const project = makeProject({ tasks: 6, running: 1, output: 'own file' });
      const append = (text: string) => project.appendOutput(taskName(0), [messageLine(text)]);
      const program = openDashboard(project);
      await program.until(/Tasks/);
      const path = join(project.path, 'followed');
      writeFileSync(path, '');
      const tail = openScreen({
        ...{ command: 'tail', args: ['-n', '0', '-F', path] },
        ...{ cwd: project.path, env: project.env, columns: 120, rows: 40 },
      });
      await delay(1500);
      const count = size === 'whole' ? 50 : 20;
      return {
        ours: () => linesShown(program, count, append),
        peers: {
          [tailName]: () =>
            linesShown(tail, count, (text) => appendFileSync(path, `${messageLine(text)}\n`)),
        },
        end: async () => {
          await program.end();
          await tail.end();
          project.remove();
        },
      };
    },
  };
}

function keyRow(name: string, quantile: number, most: number): Row {
  return {
    name,
    what: `from a key to its frame, with 5000 events per second, p${quantile * 100}`,
    unit: 'ms',
    goal: { kind: 'at most', value: most },
    quantile,
    rounds: { whole: 4, short: 1 },
    open: (size) => openBusy(size, 5000),
  };
}

async function openBusy(size: Size, linesASecond: number): Promise<Sides> {
  const project = makeProject({ tasks: 6, running: 1 });
  const program = openDashboard(project);
  await program.until(/Tasks/);
  const writing = keepWriting(project, { running: 1, linesASecond });
  await delay(1500);
  return {
    ours: () => keysPainted(program, size === 'whole' ? 50 : 20),
    end: async () => {
      writing.stop();
      await program.end();
      project.remove();
    },
  };
}
