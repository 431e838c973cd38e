// An open dashboard while tasks write their logs. It goes from task to task, so that every log is shown, and the next
// slice is written only when the end of the last one is on the screen: lines that are not read would cost nothing.
// Measures the memory that is left after a full garbage collection, and the resident memory, which includes pages that
// the collector keeps for later.

import { openMeasuredDashboard } from '../../../bench/lib/screen/dashboard.ts';
import { logLine, makeProject, messageLine, taskName } from '../../../bench/lib/project.ts';

export type Memory = { heldMiB: number; residentMiB: number };

export type MemoryCall = {
  tasks: number;
  eventsATask: number;
  /** A dashboard that leaks five megabytes per second, which the measurement must show. */
  isLeaking: boolean;
  onTenth(tenth: number, memory: Memory): void;
};

/** Ten per tenth, so that with ten tasks each task is shown once in it. */
const slices = 100;

/** Returns the memory at the end of each tenth. */
export async function watchMemory(call: MemoryCall): Promise<Memory[]> {
  const { tasks, eventsATask, isLeaking, onTenth } = call;
  const project = makeProject({ tasks, running: tasks, logLines: 0 });
  const program = openMeasuredDashboard(project, { isLeaking });
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
      const memory = { heldMiB: await program.heldMiB(), residentMiB };
      tenths.push(memory);
      onTenth(tenths.length, memory);
    }
  } finally {
    await program.end();
    project.remove();
  }
  return tenths;
}

function lastOf(slice: number, name: string): string {
  return messageLine(`slice ${slice} of ${name} is whole`);
}
