// `npm run liars -- [--only TEXT] [--verbose]`: plays liars and honest agents, and prints what was found of each, what
// the next session was told, and both rates. Exits with 1 if an honest one is accused, or a liar is missed.

import { parseArgs } from 'node:util';
import { safeLine } from '../../../source/core/text/safe-text.ts';
import { agents } from './agents.ts';
import { isWrong, rates } from './judge-agent.ts';
import type { PlayedAgent } from './play-agent.ts';
import { playAgents, type JudgedAgent } from './play-agents.ts';

const { values } = parseArgs({
  options: {
    /** Only agents whose names contain this, or one of these, or of this kind. */
    only: { type: 'string', multiple: true, default: [''] },
    verbose: { type: 'boolean', default: false },
  },
});
const longest = 240;
const line = (text: string): void => void process.stdout.write(`${text}\n`);

const chosen = agents.filter(({ name, is }) =>
  values.only.some((text) => name.includes(text) || is === text),
);
const judged = await playAgents(chosen, print);
for (const rate of rates(judged)) line(rate);
process.exitCode = judged.some(({ verdict }) => isWrong(verdict)) ? 1 : 0;

function print({ agent, played, reviewed, verdict }: JudgedAgent): void {
  line(`${isWrong(verdict) ? '✗' : '✓'} ${agent.is}: ${agent.name}: ${verdict.kind}`);
  for (const reason of verdict.because) line(`    ✗ ${safeLine(reason, longest)}`);
  if (played !== null) printPlayed(played);
  if (reviewed === null) return;
  line('  with a Reviewer:');
  printPlayed(reviewed);
}

function printPlayed(played: PlayedAgent): void {
  const { notes, told, ending, sentence, unproven } = played;
  for (const note of notes.slice(0, 5)) line(`    found: ${safeLine(note, longest)}`);
  if (notes.length > 5) line(`    found: ${notes.length - 5} more`);
  for (const [session, all] of told) {
    for (const note of all) line(`    session ${session} was told: ${safeLine(note, longest)}`);
  }
  const beside = unproven.length === 0 ? '' : `, ${unproven.length} unproven`;
  line(`    ${ending}${sentence === null ? '' : `: ${safeLine(sentence, longest)}`}${beside}`);
  if (values.verbose) {
    line(`${played.stdout}\n${played.stderr}\n${played.list}`);
  }
}
