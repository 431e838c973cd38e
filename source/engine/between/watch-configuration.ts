// What decides how Codex and git work in this project must not change while a session works: what it starts next would
// run outside of the sandbox. The user has a look before anything else starts.

import type { PartAnswer } from '../../core/stage/stage.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import { changedPaths } from '../../core/stage/tree.ts';
import type { StageContext } from './part.ts';

export async function watchConfiguration({ session, deps }: StageContext): Promise<PartAnswer> {
  const memory = await deps.state.readStage(await deps.task.identity());
  if (session === null || memory?.session !== session.uuid) return {};
  const changed = changedPaths(memory.configuration, await deps.configurationDigests());
  const [first] = changed;
  if (first === undefined) return {};
  const more = changed.length > 1 ? ` and ${changed.length - 1} more` : '';
  const sentence = `Session ${session.number} changed ${safeLine(first, 200)}${more}, which decides what runs outside of the sandbox: look at it, then continue`;
  return { needsUser: sentence };
}
