// What the stage after a session needs to know of it, written when it begins and when it has ended: another runner may
// have to do the stage.

import { isIdleCommand } from '../../core/codex/idle-command.ts';
import type { CommandFact } from '../../core/evidence/evidence.ts';
import { overlapLine } from '../../core/evidence/overlap.ts';
import { baselineOf, commandFacts, type SessionWatch } from '../../core/evidence/session-watch.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import type { Tree } from '../../system/git/tree-kind.ts';
import type { RunnerDeps } from '../run/runner-deps.ts';

type MemoryDeps = Pick<
  RunnerDeps,
  'task' | 'state' | 'takeTree' | 'configurationDigests' | 'othersWorkedSince'
>;

/** Call before Codex is started. `list`: the list as it is now; null if there is none. Answers the files as they are. */
export async function rememberBeginning(
  deps: MemoryDeps,
  record: SessionRecord,
  list: string | null,
): Promise<Tree | null> {
  const { task, state } = deps;
  const directory = await task.identity();
  if (directory === null) return null;
  const last = await state.readStage(directory);
  const [tree, configuration] = await Promise.all([deps.takeTree(), deps.configurationDigests()]);
  await state.forgetUsersList();
  await state.writeListBefore(list ?? '');
  await state.writeStage(
    {
      session: record.uuid,
      tree: tree && { kind: tree.kind, id: tree.id },
      configuration,
      facts: null,
      restoredWords: last?.guard?.restoredWords ?? last?.restoredWords ?? [],
      guard: null,
      said: last?.said ?? [],
    },
    directory,
  );
  return tree;
}

/**
 * Call when no process of the session lives, with the files that its log names: another task's session may have worked in
 * the same tree.
 */
export async function rememberOverlap(
  {
    task,
    state,
    clock,
    othersWorkedSince,
  }: Pick<RunnerDeps, 'task' | 'state' | 'clock' | 'othersWorkedSince'>,
  { number, startedAt }: SessionRecord,
  files: readonly string[],
): Promise<void> {
  const others = othersWorkedSince(startedAt);
  const directory = await task.identity();
  if (others.length === 0 || directory === null) return;
  const overlap = { session: number, from: startedAt, to: clock.now(), others, files };
  await state.noteOverlap(overlapLine(overlap, directory));
}

/** Call when no process of the session lives. `before`: the list at its beginning, if this runner started it. */
export async function rememberEnd(
  deps: MemoryDeps,
  record: SessionRecord,
  { watch, before }: { watch: SessionWatch; before: string | null },
): Promise<void> {
  const { task, state } = deps;
  const directory = await task.identity();
  const memory = await state.readStage(directory);
  if (directory === null || memory === null || memory.session !== record.uuid) return;
  if (before !== null) await state.writeListBefore(baselineOf(before, watch));
  const facts = {
    commands: tellingCommands(commandFacts(watch)),
    overlapped: deps.othersWorkedSince(record.startedAt).length > 0,
    watched: before !== null,
    patched: watch.patched === null ? null : safeLine(watch.patched, longestCommand),
  };
  await state.writeStage({ ...memory, facts }, directory);
}

const mostCommands = 50;
const longestCommand = 500;

/** Those that may prove something first. */
function tellingCommands(commands: readonly CommandFact[]): CommandFact[] {
  const weight = ({ command, exitCode, openAtWrite }: CommandFact): number =>
    Number(exitCode === 0) + Number(!openAtWrite) + 3 * Number(!isIdleCommand(command));
  return commands
    .toSorted((a, b) => weight(b) - weight(a))
    .slice(0, mostCommands)
    .map((one) => ({ ...one, command: safeLine(one.command, longestCommand) }));
}
