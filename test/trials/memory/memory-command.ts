// `npm run memory -- [--events N] [--tasks N] [--leaking]`: what a dashboard that stays open costs in memory while its
// tasks write. With `--leaking` it also watches one that keeps five megabytes a second, and expects to see that.

import { parseArgs } from 'node:util';
import { watchMemory, type Memory } from './watch-memory.ts';

/** At the end, of what it was after the first tenth. */
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
  console.log('\nThe same with a dashboard that leaks, which has to be seen:');
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
    `${isWithin ? '✓' : '✗'} held at the end ${times.toFixed(2)} times what was held after the first tenth, of ${most} at most`,
  );
  return times;
}
