// A dashboard that stays open while tasks write their logs. It goes from task to task, so that every log is shown,
// and the next slice is written only when the end of the last one is in sight: what was not read could cost nothing.
// What it holds is what is left after a full collection; how much of its pages the collector keeps resident for
// later is told beside it.

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { logLine, makeProject, taskName } from '../../bench/lib/project.ts';
import { dist } from '../../bench/lib/run-node.ts';
import { openScreen } from '../../bench/lib/screen-program.ts';
import { until } from '../helpers/until.ts';

export type Memory = { heldMiB: number; residentMiB: number };

export type MemoryCall = {
  tasks: number;
  eventsATask: number;
  /** A dashboard that keeps five megabytes a second: what is measured has to show it. */
  isLeaking: boolean;
  onTenth(tenth: number, memory: Memory): void;
};

/** Ten a tenth, so that with ten tasks each is shown once in it. */
const slices = 100;
const mebibyte = 1024 * 1024;

/** At the end of each tenth. */
export async function watchMemory(call: MemoryCall): Promise<Memory[]> {
  const { tasks, eventsATask, isLeaking, onTenth } = call;
  const project = makeProject({ tasks, running: tasks, logLines: 0 });
  const heldPath = join(project.env['HOME'] ?? '', 'held');
  const program = openScreen({
    command: process.execPath,
    args: ['--import', join(import.meta.dirname, 'say-live-memory.ts'), dashboard],
    cwd: project.path,
    env: { ...project.env, MEMORY_FILE: heldPath, MEMORY_LEAK: isLeaking ? 'yes' : 'no' },
    columns: 120,
    rows: 40,
  });
  const held = async (): Promise<number> => {
    rmSync(heldPath, { force: true });
    process.kill(program.pid, 'SIGUSR2');
    const text = await until('the dashboard says what it holds', () => wholeLine(heldPath));
    return Number(text) / mebibyte;
  };
  const tenths: Memory[] = [];
  try {
    await program.until(/Tasks/);
    let number = 0;
    for (let slice = 0; slice < slices; slice++) {
      const selected = taskName(slice % tasks);
      if (slice > 0) program.press(slice % tasks === 0 ? 'g' : 'j');
      for (let task = 0; task < tasks; task++) {
        const name = taskName(task);
        const lines = Array.from({ length: eventsATask / slices - 1 }, () => logLine(number++));
        project.appendLog(name, [...lines, lastOf(slice, name)]);
      }
      await program.until(new RegExp(`slice ${slice} of ${selected} is whole`, 'u'), 60_000);
      if ((slice + 1) % (slices / 10) !== 0) continue;
      const residentMiB = program.cost().rssMiB;
      const memory = { heldMiB: await held(), residentMiB };
      tenths.push(memory);
      onTenth(tenths.length, memory);
    }
  } finally {
    await program.end();
    project.remove();
  }
  return tenths;
}

const dashboard = join(dist, 'autonomous-tui.js');

/** Null until all of it is there. */
function wholeLine(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8');
    return text.endsWith('\n') ? text : null;
  } catch {
    return null;
  }
}

function lastOf(slice: number, name: string): string {
  const item = { id: `slice_${slice}`, type: 'agent_message' };
  const text = `slice ${slice} of ${name} is whole`;
  return JSON.stringify({ type: 'item.completed', item: { ...item, text } });
}
