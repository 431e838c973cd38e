// What the user told the tasks of a hub, as one look shows it.

import { isPieceId, type GuidancePiece } from '../../../core/guidance/guidance.ts';
import { readHubPiece, shownPiece } from '../../../core/hub/guidance/hub-piece.ts';
import { hubPieceKey, pieceOfHubKey, taskOfHubKey } from '../../../core/hub/hub-names.ts';
import type { TaskKey } from '../../../core/task/task-key.ts';
import type { HubConnection } from '../../../system/hub/hub-connection.ts';

const allTasks = 'task.*.*.*';

/** By task, oldest first. What cannot be read is left out. */
export async function toldOnce(
  connection: Pick<HubConnection, 'list'>,
): Promise<ReadonlyMap<TaskKey, readonly GuidancePiece[]>> {
  const told = new Map<TaskKey, GuidancePiece[]>();
  const entries = await connection.list('requests', hubPieceKey(allTasks, '*'));
  for (const { key, text } of entries.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const id = pieceOfHubKey(key);
    const task = taskOfHubKey(key.split('.').slice(0, -2).join('.'));
    const piece = text === null || !isPieceId(id) ? null : readHubPiece(text, id);
    const shown = piece === null ? null : shownPiece(piece);
    if (task !== null && shown !== null) told.set(task, [...(told.get(task) ?? []), shown]);
  }
  return told;
}
