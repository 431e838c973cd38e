// What a fault can lay hands on: the place, the line, the processes, the dashboard, and the logs.

import type { Place } from '../outside/place.ts';
import type { LineToModel } from '../outside/line-to-model.ts';
import type { ProcessWatch, SeenProcess } from '../outside/process-watch.ts';
import type { Keeper } from './keeper.ts';
import type { NightSettings } from './settings.ts';

export type NightDoors = {
  place: Place;
  line: LineToModel;
  watch: ProcessWatch;
  keeper: Keeper;
  settings: NightSettings;
  tasks: readonly string[];
  /** The marker of a task's session, as its log says. */
  uuidOf(task: string, session: number): string | null;
  runnerOf(task: string): SeenProcess | null;
  /** Codex itself, or its launcher, of a session that lives. */
  processOf(uuid: string, kind: 'codex' | 'launcher'): SeenProcess | null;
  /** Something was taken out of a task's log: it is judged with what is left. */
  tookFromLog(task: string, piece: LogPiece): void;
  /** Sessions that a kill may have cut short in the middle of a line. */
  mayTear: Set<string>;
  /** Sets the clock that our program sees, in ms beside the true one. */
  shiftClock(byMs: number): Promise<void>;
};

export type LogPiece = string | { read(): Promise<string> };
