// `--list` with ten to ten thousand tasks, against a handwritten list in the same Node and one in the shell.

import { join } from 'node:path';
import { makeProject, taskName } from '../lib/project.ts';
import type { Measure, Row, Sides } from '../lib/row.ts';
import { dist, run } from '../lib/run-node.ts';

/** The floor hashes nothing, parses no arguments and trusts every file. */
const goal = { kind: 'times the floor', value: 1.6 } as const;
const shellRunner = 'the list of the shell runner';

export const listRows: readonly Row[] = [
  ...[10, 100, 1000, 10_000].map((tasks): Row => ({
    name: `list-${tasks}`,
    what: `\`--list\` of ${tasks} tasks`,
    unit: 'ms',
    goal,
    rounds: { whole: 9, short: 3 },
    isInShort: tasks === 100 || tasks === 1000,
    open: (size) => {
      const { shell, ...sides } = openList(tasks);
      const isBeside = size === 'whole' && tasks <= 100;
      return isBeside ? { ...sides, peers: { [shellRunner]: shell } } : sides;
    },
  })),
  {
    name: 'list-shell',
    what: '`--list` of 1000 tasks, compared with the shell runner',
    unit: 'ms',
    goal: { kind: 'times a peer', peer: shellRunner, value: 1 / 80 },
    rounds: { whole: 3, short: 1 },
    // One round takes seven seconds.
    isInShort: false,
    open: () => {
      const { shell, ours, end } = openList(1000);
      return { ours, end, peers: { [shellRunner]: shell } };
    },
  },
];

export function openList(tasks: number): Sides & { shell: Measure } {
  const project = makeProject({ tasks, running: Math.min(tasks, 5) });
  const call = { cwd: project.path, env: project.env };
  const last = taskName(tasks - 1);
  const timed = (command: string, args: readonly string[]) => () => {
    const { ms, stdout } = run(command, args, call);
    if (!stdout.includes(last)) throw new Error(`${last} is not in the list`);
    return ms;
  };
  const byHand = join(import.meta.dirname, '..', 'floors', 'list-by-hand.mjs');
  const shell = join(import.meta.dirname, '..', 'peers', 'shell-list.sh');
  return {
    ours: timed(process.execPath, [join(dist, 'autonomous-tui.js'), '--list']),
    floor: timed(process.execPath, [byHand, project.path, project.stateDirectory]),
    shell: timed('bash', [shell, project.path]),
    end: project.remove,
  };
}
