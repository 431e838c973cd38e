// `npm run machines -- [--seed N] [--machines N] [--tasks N] [--steps N] [--places N] [--seconds N] [--away SECONDS] [--fault KIND …]
// [--networks] [--watched]`: machines that share tasks over a hub, to which something happens each second, and whether any task was worked on by two, or
// lost work.

import { parseArgs } from 'node:util';
import { cutKinds, faultKinds } from './faults.ts';
import { playMachines } from './play-machines.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    machines: { type: 'string', default: '6' },
    tasks: { type: 'string', default: '20' },
    steps: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '30' },
    places: { type: 'string' },
    away: { type: 'string', default: '70' },
    watched: { type: 'boolean', default: false },
    networks: { type: 'boolean', default: false },
    fault: { type: 'string', multiple: true, default: ['kill'] },
  },
});
const kinds = faultKinds.filter((kind) => values.fault.includes(kind));
if (kinds.length < values.fault.length) {
  throw new Error(`--fault is one of ${faultKinds.map((kind) => `"${kind}"`).join(', ')}`);
}
if (!values.networks && cutKinds.some((kind) => kinds.includes(kind))) {
  throw new Error('A link is cut only with --networks (as root, with ip)');
}
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const played = await playMachines({
  seed: Number(values.seed),
  machines: Number(values.machines),
  tasks: Number(values.tasks),
  steps: Number(values.steps),
  places: values.places === undefined ? null : Number(values.places),
  faultSeconds: Number(values.seconds),
  kinds,
  awayMs: Number(values.away) * 1000,
  hasNetworks: values.networks,
  isWatched: values.watched,
  say,
});
const { counts, sessions, handOvers, takeOvers, ms, breaches, costs } = played;
const inSeconds = (of: number): string => `${(of / 1000).toFixed(0)} s`;
say(faultKinds.map((kind) => `${kind}: ${counts[kind]}`).join(', '));
say(`${sessions} sessions, ${handOvers.length} hand-overs in ${inSeconds(ms)}`);
for (const { task, from, to, gapMs } of handOvers) {
  say(`  ${task} from ${from} to ${to}, ${inSeconds(gapMs)} after its last question`);
}
for (const { task, from, to, ms: stoodMs } of takeOvers) {
  say(
    `  ${task} is taken over by ${to}, ${(stoodMs / 1000).toFixed(1)} s after ${from} was gone and it was there`,
  );
}
for (const { name, cpuShare, peakMiB } of costs) {
  say(`${name}: ${(cpuShare * 100).toFixed(1)} % of a core, up to ${peakMiB.toFixed(0)} MiB`);
}
for (const breach of breaches) say(`✗ ${breach}`);
say(
  breaches.length === 0
    ? '✓ No task had two owners, and none lost work or a line of its log.'
    : '✗ It went wrong.',
);
process.exitCode = breaches.length === 0 ? 0 : 1;
