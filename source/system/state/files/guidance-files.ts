// The files of what the user tells a task, one for each piece: any program adds and takes back, the runner alone moves
// them on. Each step is one rename, so that two programs cannot both have a piece, and none is lost in between.

import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import {
  cleaned,
  fittingPieces,
  nextId,
  pieceJson,
  placesOf,
  readPiece,
  readPieceName,
  type GuidancePiece,
  type PieceFile,
} from '../../../core/guidance/guidance.ts';
import type { DirectoryIdentity } from '../../../core/run/record.ts';
import { makePrivateDirectory, replaceFile } from '../../files/safe-file.ts';
import { isMissing } from '../../files/plain-file.ts';
import { guidanceDirectory } from './guidance-directory.ts';

export type GuidanceFiles = {
  /** All pieces, in their order, told ones included. */
  readGuidance(directory: DirectoryIdentity | null): Promise<readonly GuidancePiece[]>;
  /** Those that no prompt has yet. */
  waitingGuidance(directory: DirectoryIdentity | null): Promise<readonly GuidancePiece[]>;
  addGuidance(
    piece: Pick<GuidancePiece, 'text' | 'when' | 'at' | 'about'>,
    directory: DirectoryIdentity,
  ): Promise<GuidancePiece>;
  /** False if it does not wait any more: it is in a prompt, or was taken back already. */
  takeBackGuidance(id: string): Promise<boolean>;
  /**
   * Takes the waiting pieces that one prompt has room for into the prompt of a session. Those of an earlier session whose
   * turn never began wait again first. Only the holder of the task's locks may call this, and what follows.
   */
  takeGuidance(
    session: string,
    directory: DirectoryIdentity | null,
  ): Promise<readonly GuidancePiece[]>;
  /** Its turn has begun: what is in its prompt is told. Answers those that are told by this. */
  markGuidanceTold(
    session: { uuid: string; number: number },
    at: number,
    directory: DirectoryIdentity | null,
  ): Promise<readonly GuidancePiece[]>;
  /** The session is over: what it never told waits again. `turn`: its turn failed before the model said anything. */
  giveBackGuidance(session: string, turn: 'failed' | 'not begun'): Promise<void>;
  /** What was told in a session. */
  guidanceToldIn(
    number: number,
    directory: DirectoryIdentity | null,
  ): Promise<readonly GuidancePiece[]>;
};

export function guidanceFiles(path: string): GuidanceFiles {
  const { path: directoryPath, pathOf, names, read: readJson } = guidanceDirectory(path);

  /** One that cannot be read holds up neither the run nor the others. */
  const read = async (
    file: PieceFile,
    directory: DirectoryIdentity | null,
  ): Promise<GuidancePiece | null> => {
    return readPiece(await readJson(file).catch(() => null), file, directory);
  };

  /** False if it is not there any more. */
  const move = async (file: PieceFile, place: PieceFile['place']): Promise<boolean> => {
    try {
      await rename(pathOf(file), pathOf({ id: file.id, place }));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  };

  const readAll = async (
    directory: DirectoryIdentity | null,
    kind: PieceFile['place']['kind'] | 'any' = 'any',
  ): Promise<{ file: PieceFile; piece: GuidancePiece }[]> => {
    const all: { file: PieceFile; piece: GuidancePiece }[] = [];
    for (const file of placesOf(await names())) {
      if (kind !== 'any' && file.place.kind !== kind) continue;
      const piece = await read(file, directory);
      if (piece !== null) all.push({ file, piece });
    }
    return all;
  };

  return {
    readGuidance: async (directory) => (await readAll(directory)).map(({ piece }) => piece),
    waitingGuidance: async (directory) =>
      (await readAll(directory, 'waiting')).map(({ piece }) => piece),
    addGuidance: async ({ text, when, at, about }, directory) => {
      await makePrivateDirectory(directoryPath);
      const known = (await names()).flatMap((name) => readPieceName(name)?.id ?? []);
      const id = nextId(known, at, randomBytes(4).toString('hex'));
      const kept = { id, at, text: cleaned(text), when };
      const piece: GuidancePiece = {
        ...kept,
        ...(about === undefined ? {} : { about }),
        told: null,
      };
      const file: PieceFile = { id, place: { kind: 'waiting' } };
      await replaceFile(pathOf(file), JSON.stringify(pieceJson(piece, directory)) + '\n');
      return piece;
    },
    takeBackGuidance: async (id) => {
      try {
        await rm(pathOf({ id, place: { kind: 'waiting' } }));
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    takeGuidance: async (session, directory) => {
      for (const file of placesOf(await names())) {
        if (file.place.kind === 'in') await move(file, { kind: 'waiting' });
      }
      const waiting = await readAll(directory, 'waiting');
      const taken: GuidancePiece[] = [];
      const fitting = fittingPieces(waiting.map(({ piece }) => piece));
      for (const { file, piece } of waiting.slice(0, fitting.length)) {
        if (await move(file, { kind: 'in', session })) taken.push(piece);
      }
      return taken;
    },
    markGuidanceTold: async ({ uuid, number }, at, directory) => {
      const told: GuidancePiece[] = [];
      for (const name of (await names()).toSorted()) {
        const file = readPieceName(name);
        if (file?.place.kind !== 'in' || file.place.session !== uuid) continue;
        const piece = await read(file, directory);
        if (piece === null) continue;
        const after = { ...piece, told: { session: number, at } };
        const json = { ...pieceJson(after, directory ?? noDirectory), in: uuid };
        await replaceFile(
          pathOf({ id: file.id, place: { kind: 'told' } }),
          JSON.stringify(json) + '\n',
        );
        await rm(pathOf(file), { force: true });
        told.push(after);
      }
      return told;
    },
    giveBackGuidance: async (session, turn) => {
      for (const file of placesOf(await names())) {
        const { place } = file;
        if (place.kind === 'in' && place.session === session) await move(file, { kind: 'waiting' });
        if (place.kind !== 'told' || turn !== 'failed') continue;
        const json = await readJson(file);
        if (json?.['in'] === session) await move(file, { kind: 'waiting' });
      }
    },
    guidanceToldIn: async (number, directory) =>
      (await readAll(directory, 'told')).flatMap(({ piece }) =>
        piece.told?.session === number ? [piece] : [],
      ),
  };
}

const noDirectory: DirectoryIdentity = { device: -1, inode: -1, bornAt: null };
