// What commands are carried out with, and the sentence where one was refused.

import type { LogFilter } from '../../core/log/filter.ts';
import type { Sandbox } from '../../core/task/task.ts';
import type { WithinTime } from '../../system/time-limit.ts';
import { noticeMs } from '../../ui/rows/status-rows.ts';
import type { Codex } from './task-actions.ts';
import type { ViewStore } from '../view-store.ts';

export type CommandDoors = {
  store: Pick<ViewStore, 'view' | 'scene' | 'act'>;
  codex: Codex;
  /** What `--network` said: runs that are started from here have full access, after a question. */
  sandbox: Sandbox;
  quit(): void;
  /** Stops this program until the shell continues it, as Ctrl-Z does elsewhere. */
  suspend?(): void;
  /** To the clipboard of the terminal; gives the sentence that says how it went. */
  copy?(text: string): string;
  /** Ends what computes for too long. */
  withinTime?: WithinTime;
  exportLog?(what: { task: string; path: string; filter: LogFilter }): Promise<string>;
};

export function notice(
  { store }: Pick<CommandDoors, 'store'>,
  text: string,
  tone: 'plain' | 'problem',
): void {
  const until = Date.now() + noticeMs;
  store.act({ type: 'noticed', notice: { text, tone, until } });
}
