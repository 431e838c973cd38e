// What the stage between two sessions keeps in the task's state directory.
//
//   stage.json      the session's beginning and course        list.before     the list when it began
//   unproven.json   the ticks that nothing proved             list.replaced   the last version that the guard replaced
//   list.user       the list as the user last changed it by a command of this program

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  readReplacedList,
  replacedListJson,
  type ReplacedList,
} from '../../../core/checklist/replaced-list.ts';
import {
  readStageMemory,
  stageMemoryJson,
  type StageMemory,
} from '../../../core/stage/stage-memory.ts';
import type { DirectoryIdentity } from '../../../core/run/record.ts';
import { readUnproven, unprovenJson, type UnprovenTick } from '../../../core/evidence/unproven.ts';
import { readSmallFile, replaceFile } from '../../files/safe-file.ts';
import { maxListBytes } from '../task-files.ts';
import { stateJsonOf } from '../state-files.ts';

export const stageFileNames = [
  'stage.json',
  'unproven.json',
  'list.before',
  'list.replaced',
  'list.user',
] as const;

/** Commands and steps may be long, and there may be many. */
const limit = { maxBytes: 4 * 1024 * 1024 };
/** Two lists, whose characters may take six bytes each in JSON. */
const maxReplacedBytes = 12 * maxListBytes + 4096;

export type StageFiles = {
  /** Null if none was kept for the task in this directory. */
  readStage(directory: DirectoryIdentity | null): Promise<StageMemory | null>;
  writeStage(memory: StageMemory, directory: DirectoryIdentity): Promise<void>;
  readUnproven(directory: DirectoryIdentity | null): Promise<readonly UnprovenTick[]>;
  writeUnproven(ticks: readonly UnprovenTick[], directory: DirectoryIdentity): Promise<void>;
  /** The list when the session began; null if there was none. */
  readListBefore(): Promise<string | null>;
  writeListBefore(text: string): Promise<void>;
  /** The last version that the guard replaced; null if there was none, or the user accepted it. */
  readReplacedList(directory: DirectoryIdentity | null): Promise<ReplacedList | null>;
  writeReplacedList(replaced: ReplacedList, directory: DirectoryIdentity): Promise<void>;
  forgetReplacedList(): Promise<void>;
  /** The list as the user last changed it by a command of this program; null if he never did. */
  readUsersList(): Promise<string | null>;
  /** Call before the list is replaced: a runner that sees it knows whose change it is. */
  writeUsersList(text: string): Promise<void>;
  /** Call when a session starts: later the same text may be the session's own. */
  forgetUsersList(): Promise<void>;
};

export function stageFiles(path: string): StageFiles {
  const file = (name: (typeof stageFileNames)[number]): string => join(path, name);
  const json = async (name: (typeof stageFileNames)[number]) =>
    stateJsonOf(await readSmallFile(file(name), limit));
  const text = async (name: (typeof stageFileNames)[number]): Promise<string | null> =>
    (await readSmallFile(file(name), { maxBytes: maxListBytes }))?.text ?? null;
  return {
    readStage: async (directory) => readStageMemory(await json('stage.json'), directory),
    writeStage: (memory, directory) =>
      replaceFile(file('stage.json'), JSON.stringify(stageMemoryJson(memory, directory)) + '\n'),
    readUnproven: async (directory) => readUnproven(await json('unproven.json'), directory),
    writeUnproven: (ticks, directory) =>
      replaceFile(file('unproven.json'), JSON.stringify(unprovenJson(ticks, directory)) + '\n'),
    readListBefore: () => text('list.before'),
    writeListBefore: (list) => replaceFile(file('list.before'), list),
    readReplacedList: async (directory) =>
      readReplacedList(
        stateJsonOf(await readSmallFile(file('list.replaced'), { maxBytes: maxReplacedBytes })),
        directory,
      ),
    writeReplacedList: (replaced, directory) =>
      replaceFile(
        file('list.replaced'),
        JSON.stringify(replacedListJson(replaced, directory)) + '\n',
      ),
    forgetReplacedList: () => rm(file('list.replaced'), { force: true }),
    readUsersList: () => text('list.user'),
    writeUsersList: (list) => replaceFile(file('list.user'), list),
    forgetUsersList: () => rm(file('list.user'), { force: true }),
  };
}
