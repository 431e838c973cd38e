// All that tells a run of the world around it, beside its sessions: what the user asks for, says and changes, and where the
// task's directory is.

import type { Fact } from '../../core/run/fact.ts';
import type { DirectoryIdentity } from '../../core/run/record.ts';
import { watchTaskDirectory } from './directory-watch.ts';
import { watchGuidance } from './guidance-watch.ts';
import { requestWith, watchOptions } from './options-watch.ts';
import type { RunListener, RunnerDeps, RunRequest } from './runner-deps.ts';

type Watched = {
  run: string;
  directory: DirectoryIdentity;
  /** The user's settings in it change with what the watch sees. */
  request: RunRequest;
  listener: Pick<RunListener, 'announced'>;
  tell(fact: Fact): void;
};

type RunWatches = {
  /** A sentence that says the task's directory is gone; null while it is in place. */
  goneSentence(): Promise<string | null>;
  close(): void;
};

export function watchAround(
  deps: RunnerDeps,
  { run, directory: identity, request, listener, tell }: Watched,
): RunWatches {
  const requests = deps.coordination.followRequests(run, (want) =>
    tell({ kind: 'control request', want }),
  );
  const guidance = watchGuidance(deps, () => tell({ kind: 'control request', want: 'tell now' }));
  const options = watchOptions(deps, request.options, (wanted) => {
    const next = requestWith(request, wanted);
    Object.assign(request, next.request);
    tell({ kind: 'settings', changed: next.changed });
    listener.announced({ kind: 'note', sentence: 'The settings were changed' });
  });
  const directory = watchTaskDirectory(deps, identity, (sentence) =>
    tell({ kind: 'directory gone', sentence }),
  );
  return {
    goneSentence: directory.goneSentence,
    close: () => {
      for (const watch of [directory, requests, guidance, options]) watch.close();
    },
  };
}
