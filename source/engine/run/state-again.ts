// Makes the state directory again when the user deleted it while a run goes on. The lock in it is gone, too, but the one
// in the task's directory is still held, so no other runner can have begun.

import { isSameDirectory, type DirectoryIdentity } from '../../core/run/record.ts';
import type { RunListener, RunnerDeps, RunRequest } from './runner-deps.ts';

/** False if the task is not where it was: then its state may have moved with it. */
export async function makeStateAgain(
  {
    deps: { state, task },
    request,
    listener,
  }: { deps: RunnerDeps; request: RunRequest; listener: RunListener },
  directory: DirectoryIdentity,
): Promise<boolean> {
  const here = await task.identity();
  if (here === null || !isSameDirectory(here, directory)) return false;
  await state.make(request.foreignOwner);
  await state.writeOptions(request.options, here);
  const sentence = `The state directory ${state.path} was gone and has been made again: what was known of earlier sessions is lost`;
  listener.announced({ kind: 'note', sentence });
  return true;
}
