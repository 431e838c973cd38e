// Takes back what a session, or all from one on, did to the files. The state before it is kept first, as the parent of a
// checkpoint of its own (`undo-1`), so that an undo can be looked at and taken back like a session.

import {
  checkpointMessage,
  undoRef,
  type SessionName,
} from '../../core/checkpoint/checkpoint-refs.ts';
import {
  changesIn,
  planUndo,
  type FileChange,
  type UndoPlan,
} from '../../core/checkpoint/undo-plan.ts';
import type { DirectoryIdentity } from '../../core/run/record.ts';
import { fileLabels } from '../changes/file-labels.ts';
import { meanwhileIn } from '../changes/meanwhile.ts';
import { filesOfOthers, readOverlapsFile } from '../changes/overlaps-file.ts';
import { git, type GitCall } from '../git/command.ts';
import { checkpointCall } from './keep-checkpoint.ts';
import { treeNow } from './files-now.ts';
import type { OfTask, TaskCheckpoints } from './project-checkpoints.ts';
import { moveRefs, readCheckpoints, readNextUndo } from './refs.ts';
import { restoreFiles } from './restore-files.ts';
import { rangeOfSession, type Range } from './session-range.ts';

type UndoOrder = OfTask & {
  state: string;
  /** Of the task's directory; null if it is not there. */
  directory: DirectoryIdentity | null;
  session: SessionName;
  backTo: boolean;
};

/** `now`: the files that the plan is about, a tree. `sessions`: those to be taken back, the last first. */
type PlannedUndo = UndoPlan & { now: string; sessions: readonly SessionName[] };

type Problem = { problem: string };

export async function plannedUndo(
  order: UndoOrder,
  found: TaskCheckpoints,
): Promise<PlannedUndo | Problem> {
  const call = checkpointCall(found);
  const asked = { refs: found.refs, task: order.task };
  const first = await rangeOfSession(call, asked, order.session);
  if ('problem' in first) return first;
  const after = order.backTo ? await sessionsAfter(call, found.refs, order.session) : [];
  if ('problem' in after) return after;
  let to = first.to;
  const between = new Set<string>();
  for (const session of after) {
    const range = await rangeOfSession(call, asked, session);
    if ('problem' in range) return range;
    const others = await changes(call, { from: to, to: range.from });
    if ('problem' in others) return others;
    for (const { path } of others.changes) between.add(path);
    to = range.to;
  }
  const now = await treeNow(order, found);
  if ('problem' in now) return now;
  const did = await changes(call, { from: first.from, to });
  if ('problem' in did) return did;
  const since = await changes(call, { from: to, to: now.id });
  if ('problem' in since) return since;
  // What is taken back of a shared tree is only what is surely the task's.
  const { by } = await meanwhileIn(call, {
    numbers: [order.session, ...after].filter((session) => typeof session === 'number'),
    overlaps: await readOverlapsFile(order.state, order.directory),
    rangeOf: (session) => rangeOfSession(call, asked, session),
    labels: fileLabels(found.repository.root, order.project),
    ofOthers: (overlap) => filesOfOthers(order.state, overlap),
  });
  const plan = planUndo({ did: did.changes, since: since.changes, between, by });
  return { ...plan, now: now.id, sessions: [...after.toReversed(), order.session] };
}

/** Answers the name under which it is kept, and the paths that could not be given back. */
export async function carryOutUndo(
  order: UndoOrder,
  found: TaskCheckpoints,
  plan: PlannedUndo,
): Promise<{ name: SessionName; left: readonly string[] } | Problem> {
  const call = checkpointCall(found);
  const next = await readNextUndo(call, found.refs);
  if ('problem' in next) return next;
  const { number } = next;
  const [ref, name]: [string, SessionName] = [undoRef(found.refs, number), `undo-${number}`];
  const before = await committed(call, order, { tree: plan.now, parents: [], name });
  if ('problem' in before) return before;
  const kept = await moveRefs(call, [{ ref, to: before.id, from: null }]);
  if (kept.kind === 'failed') return { problem: kept.problem };
  const left = await restored(call, { order, found, changes: plan.changes });
  const after = await treeNow(order, found);
  if ('problem' in after) return after;
  const done = await committed(call, order, { tree: after.id, parents: [before.id], name });
  if ('problem' in done) return done;
  const moved = await moveRefs(call, [{ ref, to: done.id, from: before.id }]);
  return moved.kind === 'ok' ? { name, left } : { problem: moved.problem };
}

/** The list and the notes lie in the project, wherever the sessions work. */
async function restored(
  call: GitCall,
  { order, found, changes }: RestoreOrder,
): Promise<readonly string[]> {
  const { project, workplace = project } = order;
  if (workplace === project) return restoreFiles(call, changes);
  const above = found.directory
    .slice(0, -2)
    .map((step) => `${step}/`)
    .join('');
  const own = `${found.directory.join('/')}/`;
  const isOwn = ({ path }: FileChange): boolean => path.startsWith(own);
  const ofTask = changes
    .filter(isOwn)
    .map((change) => ({ ...change, path: change.path.slice(above.length) }));
  const left = await restoreFiles({ ...call, workTree: project }, ofTask);
  const others = changes.filter((change) => !isOwn(change));
  return [...left, ...(await restoreFiles(call, others))];
}

type RestoreOrder = {
  order: UndoOrder;
  found: TaskCheckpoints;
  changes: readonly FileChange[];
};

async function sessionsAfter(
  call: GitCall,
  refs: string,
  session: SessionName,
): Promise<readonly number[] | Problem> {
  const known = await readCheckpoints(call, refs);
  if ('problem' in known) return known;
  const numbers = known.checkpoints.map((one) => one.session);
  return numbers.filter((number) => number > Number(session));
}

async function changes(
  call: GitCall,
  { from, to }: Range,
): Promise<{ changes: readonly FileChange[] } | Problem> {
  const answer = await git(call, {
    arguments: ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', from, to, '--'],
  });
  if (answer.kind === 'failed') return { problem: answer.problem };
  return answer.isCut ? { problem: 'too many files' } : { changes: changesIn(answer.output) };
}

type Committing = { tree: string; parents: readonly string[]; name: SessionName };

async function committed(
  call: GitCall,
  { task }: UndoOrder,
  { tree, parents, name }: Committing,
): Promise<{ id: string } | Problem> {
  const commit = await git(call, {
    arguments: [
      'commit-tree',
      '--no-gpg-sign',
      ...parents.flatMap((parent) => ['-p', parent]),
      tree,
    ],
    input: checkpointMessage(task, {
      session: name,
      moment: parents.length === 0 ? 'before' : 'after',
    }),
  });
  return commit.kind === 'ok' ? { id: commit.output.trim() } : { problem: commit.problem };
}
