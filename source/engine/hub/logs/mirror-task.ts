// A task of a hub as a viewer sees it: its log in a local file, byte for byte what its owners wrote, and the texts of its list
// and notes.

import type { MirrorFile } from '../../../system/hub/logs/mirror-file.ts';
import { followLog, type FollowLogDeps } from './follow-log.ts';
import { followTexts, type ShownTexts } from './follow-texts.ts';
import { mirrorLog } from './mirror-log.ts';

/** Bytes of the log were written, or the list, the notes or the problem are others. */
export type MirrorChange = 'log' | 'details';

export type TaskMirror = {
  /** The file that grows. Where late bytes belong before others, another file takes its place. */
  logPath: string;
  /** The list and notes; null until the hub has some. They are foreign text. */
  texts(): ShownTexts | null;
  /** Why there may be less than there is, as a sentence; null if there is no reason. */
  problem(): string | null;
  onChange(listener: (what: MirrorChange) => void): () => void;
  /** Resolves when the log has what the hub had of it at the beginning, or is closed. */
  caughtUp: Promise<void>;
  close(): Promise<void>;
};

const tooManyParts = 'The logs of this task have too many parts: not all of them are shown';

type MirrorDeps = Pick<FollowLogDeps, 'link' | 'clock' | 'key'> & { file: MirrorFile };

export function mirrorTask({ link, clock, key, file }: MirrorDeps): TaskMirror {
  const listeners = new Set<(what: MirrorChange) => void>();
  const tell = (what: MirrorChange): void => {
    for (const listener of [...listeners]) listener(what);
  };
  const log = mirrorLog(file);
  let problem: string | null = null;
  let toldProblem: string | null = null;
  const caughtUp = Promise.withResolvers<void>();
  const noting = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
      problem = null;
      tell('log');
    } catch (error) {
      problem = `The mirror of the log cannot be written (${error instanceof Error ? error.message : String(error)})`;
      throw error;
    } finally {
      tellProblem();
    }
  };
  const followed = followLog({
    ...{ link, clock, key },
    onPiece: (name, piece) => noting(log.add(name, piece)),
    onCaughtUp: async () => {
      await noting(log.settle());
      caughtUp.resolve();
    },
  });
  const texts = followTexts({ link, clock, key }, () => tell('details'));

  function presentProblem(): string | null {
    return followed.problem() ?? problem ?? (log.isFull() ? tooManyParts : null);
  }

  function tellProblem(): void {
    const found = presentProblem();
    if (found === toldProblem) return;
    toldProblem = found;
    tell('details');
  }

  return {
    logPath: file.path,
    texts: texts.texts,
    problem: presentProblem,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    caughtUp: caughtUp.promise,
    close: async () => {
      listeners.clear();
      caughtUp.resolve();
      texts.close();
      await followed.close();
      await file.close();
    },
  };
}
