// `npm run chaos -- [--seed N] [--kills N] [--without-intent] [--windows] [--beside PATH]`: kills processes and reports the outcome. With
// `--without-intent` it also plays a program that starts Codex without writing down its intent first, and expects that
// to go wrong. With `--windows` it plays one that dies by itself in the windows that random kills miss, and one that
// stores how much it copied, which must go wrong. With `--beside PATH` (dist/autonomous-tui.js of another version) it plays
// dashboards of that version beside our runners, and the reverse.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtProgram } from '../outside/program.ts';
import { playChaos, type Chaos, type ChaosCall } from './chaos.ts';
import { alteredProgram, type Alteration } from './altered-program.ts';
import { counter, windows } from './windows.ts';
import { withoutIntent } from './without-intent.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '200' },
    'without-intent': { type: 'boolean', default: false },
    windows: { type: 'boolean', default: false },
    beside: { type: 'string' },
    /** Where to copy the files at the end, to find out what went wrong. */
    keep: { type: 'string' },
  },
});
const seed = Number(values.seed);
const kills = Number(values.kills);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const chaos = await playChaos({ seed, kills, say, beforeTheEnd: keep });
print(chaos);
let isWon = chaos.breaches.length === 0;
if (values['without-intent']) {
  isWon = (await playAltered('without the written intent', [withoutIntent], mustLose)) && isWon;
}
if (values.windows) {
  isWon = (await playAltered('dying in the smallest windows', windows, mustWin)) && isWon;
  const believing = [...counter, ...windows.filter(({ letter }) => letter === 'h')];
  isWon = (await playAltered('believing a stored counter', believing, mustLose)) && isWon;
}
if (values.beside !== undefined) {
  const old = values.beside;
  isWon = (await playBeside('dashboards', { dashboard: old })) && isWon;
  isWon = (await playBeside('runners', { program: old, dashboard: builtProgram })) && isWon;
}
process.exitCode = isWon ? 0 : 1;

/** An old runner cannot finish the copy of a session that a new one began; but never do two Codex work on one task. */
async function playBeside(
  what: string,
  programs: Pick<ChaosCall, 'program' | 'dashboard'>,
): Promise<boolean> {
  say(`\nWith ${what} of another version, where no two sessions of a task may live at once:`);
  const played = await playChaos({ seed, kills, say, ...programs });
  print(played);
  return !played.breaches.some((one) => / lived together| sent a request after /u.test(one));
}

function mustLose({ breaches }: Chaos): boolean {
  return breaches.length > 0;
}

/** Won only if it died in each window. */
function mustWin({ breaches, deaths }: Chaos): boolean {
  const missed = windows.filter(({ letter }) => !deaths.includes(letter));
  for (const { what } of missed) say(`✗ It never died ${what}`);
  say(windows.map(({ what, letter }) => `${deaths.split(letter).length - 1} × ${what}`).join(', '));
  return breaches.length === 0 && missed.length === 0;
}

async function playAltered(
  what: string,
  alterations: readonly Alteration[],
  isRight: (played: Chaos) => boolean,
): Promise<boolean> {
  say(`\nThe program ${what}, which must ${isRight === mustLose ? 'go wrong' : 'go well'}:`);
  const directory = await mkdtemp(
    join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'altered-'),
  );
  try {
    const program = await alteredProgram(directory, alterations);
    const played = await playChaos({ seed, kills, program, say });
    print(played);
    return isRight(played);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function keep(directory: string): Promise<void> {
  if (values.keep !== undefined) await cp(directory, values.keep, { recursive: true });
}

function print(played: Chaos): void {
  const counts = new Map<string, number>();
  for (const { victim } of played.kills) counts.set(victim, (counts.get(victim) ?? 0) + 1);
  say(
    `${played.kills.length} kills in ${(played.killingMs / 1000).toFixed(0)} s: ` +
      [...counts].map(([victim, count]) => `${count} ${victim}`).join(', '),
  );
  say(
    `${played.sessions} sessions, ${played.requests} requests; ${played.tornByKills} lines were cut short by the kill of Codex itself`,
  );
  for (const breach of played.breaches) say(`✗ ${breach}`);
  say(
    played.breaches.length === 0
      ? '✓ Nothing was lost, and nothing was done twice.'
      : '✗ It went wrong.',
  );
}
