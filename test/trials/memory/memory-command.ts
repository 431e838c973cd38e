// `npm run memory -- [--events N] [--tasks N] [--leaking]`: the memory of an open dashboard while its tasks write. With
// `--leaking` it also watches a dashboard that leaks five megabytes per second, and expects to notice that.

import { parseArgs } from 'node:util';
import { watchMemory, type Memory } from './watch-memory.ts';

/** The maximum at the end, relative to the first tenth. */
const most = 1.2;

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '30000' },
    tasks: { type: 'string', default: '10' },
    leaking: { type: 'boolean', default: false },
  },
});
const tasks = Number(values.tasks);
const eventsATask = Number(values.events);

let isHeld = (await growth(false)) <= most;
if (values.leaking) {
  console.log('\nThe same with a leaking dashboard, which must be noticed:');
  isHeld = (await growth(true)) > most && isHeld;
}
process.exitCode = isHeld ? 0 : 1;

async function growth(isLeaking: boolean): Promise<number> {
  console.log(`${tasks} tasks, ${eventsATask} events each, the dashboard open`);
  const onTenth = (tenth: number, { heldMiB, residentMiB }: Memory): void =>
    console.log(
      `after ${tenth} of 10: ${heldMiB.toFixed(1)} MiB held, ${residentMiB.toFixed(0)} MiB resident`,
    );
  const tenths = await watchMemory({ tasks, eventsATask, isLeaking, onTenth });
  const times = (tenths.at(-1)?.heldMiB ?? Infinity) / (tenths[0]?.heldMiB ?? 1);
  const isWithin = times <= most;
  console.log(
    `${isWithin ? '✓' : '✗'} memory at the end is ${times.toFixed(2)} times the memory after the first tenth (at most ${most})`,
  );
  return times;
}
