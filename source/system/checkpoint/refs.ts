// The refs of one task's checkpoints, read and moved by git. A ref moves only from what was read, and each commit that it
// leaves is an ancestor of the one it moves to. No reflog is written.

import { rm } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import {
  checkpointsIn,
  nextUndoNumber,
  type Checkpoint,
} from '../../core/checkpoint/checkpoint-refs.ts';
import { git, type GitAnswer, type GitCall } from '../git/command.ts';

export type Move = {
  ref: string;
  /** Null removes it. */
  to: string | null;
  /** What it is now; null if it is not there. */
  from: string | null;
};

export async function readCheckpoints(
  call: GitCall,
  directory: string,
): Promise<{ checkpoints: readonly Checkpoint[] } | { problem: string }> {
  const answer = await refsBelow(call, directory);
  if (answer.kind === 'failed') return { problem: answer.problem };
  return { checkpoints: checkpointsIn(answer.output, directory) };
}

export async function readNextUndo(
  call: GitCall,
  directory: string,
): Promise<{ number: number } | { problem: string }> {
  const answer = await refsBelow(call, directory);
  if (answer.kind === 'failed') return { problem: answer.problem };
  return { number: nextUndoNumber(answer.output, directory) };
}

function refsBelow(call: GitCall, directory: string): Promise<GitAnswer> {
  return git(call, {
    arguments: ['for-each-ref', '--format=%(refname) %(objectname)', directory],
  });
}

/** A ref's commit with what is in it. `tree` is null if an object is damaged. */
export type KeptCommit = { commit: string; tree: string | null; parent: string | null };

/** All refs below the directory, by their names: in one process, unless an object is damaged. */
export async function readKeptCommits(
  call: GitCall,
  directory: string,
): Promise<ReadonlyMap<string, KeptCommit> | { problem: string }> {
  const list = (format: string): Promise<GitAnswer> =>
    git(call, { arguments: ['for-each-ref', `--format=${format}`, directory] });
  const answer = await list('%(refname) %(objectname) %(tree) %(parent)');
  if (answer.kind === 'ok') {
    return new Map(
      linesOf(answer).map(([ref = '', commit = '', tree, parent]) => [
        ref,
        { commit, tree: tree || null, parent: parent || null },
      ]),
    );
  }
  const names = await list('%(refname) %(objectname)');
  if (names.kind === 'failed') return { problem: names.problem };
  const found = new Map<string, KeptCommit>();
  for (const [ref = '', commit = ''] of linesOf(names)) {
    const tree = await resolved(call, `${commit}^{tree}`);
    const parent = tree === null ? null : await resolved(call, `${commit}^1`);
    found.set(ref, { commit, tree, parent });
  }
  return found;
}

function linesOf({ output }: { output: string }): string[][] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '));
}

/** What a name stands for; null if it is not there, or its object is damaged. */
export async function resolved(call: GitCall, name: string): Promise<string | null> {
  const answer = await git(call, { arguments: ['rev-parse', '--quiet', '--verify', name] });
  return answer.kind === 'ok' ? answer.output.trim() : null;
}

export async function moveRefs(call: GitCall, moves: readonly Move[]): Promise<GitAnswer> {
  const answer = await transaction(call, moves);
  if (answer.kind === 'ok' || !answer.problem.includes('.lock')) return answer;
  // A git that was killed left them. Only the task's runner moves these refs.
  for (const { ref } of moves) {
    const path = await git(call, { arguments: ['rev-parse', '--git-path', `${ref}.lock`] });
    if (path.kind === 'failed') continue;
    const lock = Buffer.from(path.output.replace(/\n$/, ''), 'latin1').toString();
    if (isAbsolute(lock)) await rm(lock, { force: true });
  }
  return transaction(call, moves);
}

function transaction(call: GitCall, moves: readonly Move[]): Promise<GitAnswer> {
  const lines = moves.map(({ ref, to, from }) => {
    if (to === null) return `delete ${ref}\0${from ?? ''}\0`;
    return from === null ? `create ${ref}\0${to}\0` : `update ${ref}\0${to}\0${from}\0`;
  });
  return git(call, { arguments: ['update-ref', '--stdin', '-z'], input: lines.join('') });
}
