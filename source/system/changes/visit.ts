// One visit to the page "What it changed": which ranges there are, and between which trees each of them lies. The files as
// they are now are looked at once, when a range needs them.

import type { ChangesRange } from '../../core/changes/changes.ts';
import type { LastLook } from '../../core/changes/last-look.ts';
import { beforeRef, type Checkpoint } from '../../core/checkpoint/checkpoint-refs.ts';
import type { Overlap } from '../../core/evidence/overlap.ts';
import type { DirectoryIdentity } from '../../core/run/record.ts';
import { treeNow } from '../checkpoint/files-now.ts';
import { checkpointCall } from '../checkpoint/keep-checkpoint.ts';
import {
  findCheckpoints,
  type OfTask,
  type TaskCheckpoints,
} from '../checkpoint/project-checkpoints.ts';
import { readCheckpoints, resolved } from '../checkpoint/refs.ts';
import { rangeOfSession, rangeOfTask, type Range } from '../checkpoint/session-range.ts';
import type { GitCall } from '../git/command.ts';
import { readOverlapsFile } from './overlaps-file.ts';
import { readLookFile, writeLookFile } from './last-look-file.ts';

export type VisitOrder = OfTask & {
  /** The task's state directory. */
  state: string;
  /** Of the task's directory; null if it is not there. */
  directory: DirectoryIdentity | null;
  /** The task's session that runs now; null if none does. */
  running: { number: number; overlap: Overlap | null } | null;
  /** Whether its sessions keep checkpoints. */
  checkpoints: 'on' | 'off';
};

type Problem = { problem: string };

export type Visit = {
  readonly call: GitCall;
  readonly found: TaskCheckpoints;
  /** The oldest session first, the whole task last. */
  readonly ranges: readonly ChangesRange[];
  readonly lookedAt: number | null;
  /** Or why it cannot be told any more. */
  rangeOf(range: ChangesRange): Promise<Range | Problem>;
  /** The sessions of the range that can be compared each. */
  sessionsIn(range: ChangesRange): readonly number[];
  readonly overlaps: ReadonlyMap<number, Overlap>;
  /** The user sees what the task changed until now. */
  looked(at: number): Promise<void>;
};

export async function beginVisit(order: VisitOrder): Promise<Visit | Problem> {
  const { task, state, directory, running } = order;
  const found = await findCheckpoints(order);
  if ('problem' in found) return { problem: whyNone(order, found.problem) };
  const call = checkpointCall(found);
  const asked = { refs: found.refs, task };
  const known = await readCheckpoints(call, found.refs);
  if ('problem' in known) return known;
  const last = known.checkpoints.at(-1);
  if (last === undefined) return { problem: whyNone(order, noneYet) };
  const look = await readLookFile(state, directory);
  const numbers = known.checkpoints.map(({ session }) => session).filter((number) => number > 0);
  if (running !== null && running.number > last.session) numbers.push(running.number);
  const overlaps = new Map(await readOverlapsFile(state, directory));
  if (running?.overlap != null) overlaps.set(running.number, running.overlap);

  let taken: Promise<{ id: string } | Problem> | null = null;
  const now = (): Promise<{ id: string } | Problem> => (taken ??= treeNow(order, found));
  const untilNow = async (from: string): Promise<Range | Problem> => {
    const tree = await now();
    return 'problem' in tree ? tree : { from, to: tree.id };
  };

  return {
    call,
    found,
    ranges: [
      ...numbers.map((session): ChangesRange => ({ kind: 'session', session })),
      ...(look === null ? [] : [{ kind: 'since' } as const]),
      { kind: 'task' },
    ],
    lookedAt: look?.at ?? null,
    overlaps,
    sessionsIn: (range) => {
      if (range.kind === 'session') return [range.session];
      const from = range.kind === 'since' ? (look?.session ?? 0) : 0;
      return numbers.filter((number) => number > from);
    },
    rangeOf: async (range) => {
      switch (range.kind) {
        case 'task': {
          const whole = await rangeOfTask(call, asked);
          return 'problem' in whole ? whole : untilNow(whole.from);
        }
        case 'since': {
          const from = look === null ? null : await looked(call, look, known.checkpoints);
          if (from !== null) return untilNow(from);
          return {
            problem: 'What you last looked at is not kept any more: look at the whole task',
          };
        }
        case 'session': {
          const { session } = range;
          const isOver = known.checkpoints.some((one) => one.session === session);
          if (isOver || session !== running?.number) return rangeOfSession(call, asked, session);
          // It runs: so far.
          const before = await resolved(call, beforeRef(found.refs, session));
          return untilNow(before ?? last.commit);
        }
        default:
          return range satisfies never;
      }
    },
    looked: async (at) => {
      const tree = await now();
      if ('problem' in tree || directory === null) return;
      await writeLookFile(state, { tree: tree.id, session: last.session, at }, directory);
    },
  };
}

/** The tree that was looked at, or the checkpoint before it if git has removed that. */
async function looked(
  call: GitCall,
  { tree, session }: LastLook,
  checkpoints: readonly Checkpoint[],
): Promise<string | null> {
  const kept = await resolved(call, `${tree}^{tree}`);
  if (kept !== null) return kept;
  return checkpoints.find((one) => one.session === session)?.commit ?? null;
}

const noneYet = 'none';

/** `problem` is null where there is no repository. */
function whyNone({ task, checkpoints, running }: VisitOrder, problem: string | null): string {
  if (problem === null) {
    return 'The project is not in a git repository, so what a session found was not kept: run git init in it, and the next session can be compared';
  }
  if (problem !== noneYet) return `What it changed cannot be read: ${problem}`;
  if (checkpoints === 'off') {
    return 'Your configuration has "checkpoints": "off", so what a session found was not kept: set it to "on", and the next session can be compared';
  }
  return running === null
    ? `${task} has no checkpoint yet: one is kept before its first session`
    : `${task} has no checkpoint: its log says why none could be kept`;
}
