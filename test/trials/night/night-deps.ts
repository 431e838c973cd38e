// What a fault can reach: the place, the line, the processes, the dashboard, and the logs.

import type { TrialWorld } from '../outside/trial-world.ts';
import type { LineToModel } from '../outside/line-to-model.ts';
import type { ProcessWatch, SeenProcess } from '../outside/process-watch.ts';
import type { Keeper } from './keeper.ts';
import type { NightSettings } from './settings.ts';

export type NightDeps = {
  place: TrialWorld;
  line: LineToModel;
  watch: ProcessWatch;
  keeper: Keeper;
  settings: NightSettings;
  tasks: readonly string[];
  /** The marker of a task's session, from its log. */
  uuidOf(task: string, session: number): string | null;
  runnerOf(task: string): SeenProcess | null;
  /** The Codex process, or its launcher, of a live session. */
  processOf(uuid: string, kind: 'codex' | 'launcher'): SeenProcess | null;
  /** Reports a piece taken out of a task's log, which is judged as part of it. */
  tookFromLog(task: string, piece: LogPiece): void;
  /** Sessions that a kill may have cut short in the middle of a line. */
  mayTear: Set<string>;
  /** Shifts the clock that our program sees by some ms. */
  shiftClock(byMs: number): Promise<void>;
};

export type LogPiece = string | { read(): Promise<string> };
