// `--list` at ten to ten thousand tasks, against a list by hand in the same Node and one in the shell.

import { join } from 'node:path';
import { makeProject, taskName } from '../lib/project.ts';
import type { Row, Sides, Size } from '../lib/row.ts';
import { dist, run } from '../lib/run-node.ts';

const goal = { kind: 'times the floor', value: 1.3 } as const;
/** A program for each task and more: beyond it nobody wants to wait. */
const mostForShell = 1000;

export const listRows: readonly Row[] = [10, 100, 1000, 10_000].map((tasks) => ({
  name: `list-${tasks}`,
  what: `\`--list\` of ${tasks} tasks`,
  unit: 'ms',
  goal,
  rounds: { whole: tasks >= 1000 ? 3 : 7, short: 3 },
  isInShort: tasks === 100 || tasks === 1000,
  open: (size) => openList(tasks, size),
}));

export function openList(tasks: number, size: Size): Sides {
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
    ...(size === 'whole' && tasks <= mostForShell
      ? { peers: { 'a list in the shell': timed('bash', [shell, project.path]) } }
      : {}),
    end: project.remove,
  };
}
