// What the user told a task of a hub, as this machine's runner keeps it (guidance-files.ts) and as the other machines know
// it: where each piece is, and how one that another machine knows comes here.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  pieceJson,
  pieceName,
  placesOf,
  readPiece,
  readPieceName,
  type GuidancePiece,
} from '../../../core/guidance/guidance.ts';
import type { PiecePlace } from '../../../core/hub/guidance/settle-piece.ts';
import { textField } from '../../../core/json/json.ts';
import type { DirectoryIdentity } from '../../../core/run/record.ts';
import { makePrivateDirectory, replaceFile } from '../../files/safe-file.ts';
import { guidanceDirectory } from './guidance-directory.ts';

export type PlacedPiece = { piece: GuidancePiece; place: PiecePlace };

export type PlacedGuidance = {
  /** Changes with each piece that comes, goes or moves: for a look that costs little. */
  fingerprint(): Promise<string>;
  /** By their ids. Null for one that cannot be read, or is on its way to another place. */
  read(directory: DirectoryIdentity): Promise<ReadonlyMap<string, PlacedPiece | null>>;
  /** Puts a piece where it belongs, wherever it was. Only the holder of the task's locks may call this. */
  place(placed: PlacedPiece, directory: DirectoryIdentity): Promise<void>;
  /** Wherever it is. Only the holder of the task's locks may call this. */
  remove(id: string): Promise<void>;
};

/** `path`: of the task's state directory. */
export function placedGuidance(path: string): PlacedGuidance {
  const { path: directoryPath, names, read: readJson } = guidanceDirectory(path);
  const removeOthers = async (id: string, kept: string | null): Promise<void> => {
    for (const name of await names()) {
      if (name === kept || readPieceName(name)?.id !== id) continue;
      await rm(join(directoryPath, name), { force: true });
    }
  };

  return {
    fingerprint: async () => (await names()).toSorted().join(),
    read: async (directory) => {
      const pieces = new Map<string, PlacedPiece | null>();
      for (const file of placesOf(await names())) {
        const json = await readJson(file).catch(() => null);
        const piece = readPiece(json, file, directory);
        const within = json === null ? null : textField(json, 'in');
        pieces.set(file.id, piece && { piece, place: placeOf(file.place.kind, piece, within) });
      }
      return pieces;
    },
    place: async ({ piece, place }, directory) => {
      await makePrivateDirectory(directoryPath);
      const isTold = place.kind === 'told';
      const told = isTold ? { session: place.session, at: place.at } : null;
      const json = {
        ...pieceJson({ ...piece, told }, directory),
        ...(isTold ? { in: place.in } : {}),
      };
      const to = pieceName({ id: piece.id, place: { kind: isTold ? 'told' : 'waiting' } });
      await replaceFile(join(directoryPath, to), `${JSON.stringify(json)}\n`);
      await removeOthers(piece.id, to);
    },
    remove: (id) => removeOthers(id, null),
  };
}

function placeOf(
  kind: 'waiting' | 'in' | 'told',
  { told }: GuidancePiece,
  within: string | null,
): PiecePlace {
  if (kind !== 'told') return { kind };
  return { kind, session: told?.session ?? 0, at: told?.at ?? 0, in: within ?? '' };
}
