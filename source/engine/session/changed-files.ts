// Records which files the running session has changed, as Codex reports them. Nothing here may hold up the run.

import type { LogEvent } from '../../core/codex/log-event.ts';
import {
  changedFilesText,
  mostChangedFiles,
  pathInProject,
} from '../../core/task/changed-files.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';

export type FileNotes = {
  /** A session begins: forgets what the one before changed. */
  begin(): Promise<void>;
  saw(event: LogEvent): void;
  /** As Codex reported them. */
  noted(): readonly string[];
};

export function fileNotes(
  state: Pick<StateDirectory, 'noteFiles' | 'restartFiles'>,
  project: string,
): FileNotes {
  const noted = new Set<string>();
  /** Writes happen one at a time, and only after the file was restarted. */
  let writing: Promise<void> = Promise.resolve();

  function write(work: () => Promise<void>): Promise<void> {
    writing = writing.then(work).catch(() => {});
    return writing;
  }

  return {
    noted: () => [...noted],
    begin: () => {
      noted.clear();
      return write(state.restartFiles);
    },
    saw: (event) => {
      if (event.type !== 'item' || event.body.kind !== 'file-changes') return;
      if (event.body.status !== 'completed') return;
      const fresh = event.body.changes
        .map(({ path }) => pathInProject(path, project))
        .filter((path) => !noted.has(path))
        .slice(0, mostChangedFiles - noted.size);
      if (fresh.length === 0) return;
      for (const path of fresh) noted.add(path);
      void write(() => state.noteFiles(changedFilesText(fresh)));
    },
  };
}
