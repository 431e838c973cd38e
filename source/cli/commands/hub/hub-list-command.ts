// `--hub FILE --list`, or without a terminal: the tasks of a hub, a line each: where each is worked on, and how far it is.

import { taskOfHubKey } from '../../../core/hub/hub-names.ts';
import { isAtRest, readHubTask, type HubTask } from '../../../core/hub/task-record.ts';
import { placeOf } from '../../../core/task/task-key.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import { readHubAddress } from '../../../system/hub/read-hub-address.ts';
import { connectHub } from '../../../system/hub/hub-connection.ts';
import { complain } from '../../complain.ts';
import { exitCodes } from '../../exit-codes.ts';

const answerMs = 5000;

export async function hubListCommand({ hub }: { hub: string }): Promise<number> {
  try {
    const connection = await connectHub(await readHubAddress(hub), { answerMs });
    try {
      const entries = await connection.list('tasks', 'task.>');
      const lines = entries.flatMap(({ key, text }) => lineOf(key, text));
      const none = '  No tasks yet: give one with --hub FILE "…"';
      process.stdout.write(`${(lines.length === 0 ? [none] : lines.sort()).join('\n')}\n`);
    } finally {
      await connection.close();
    }
    return exitCodes.done;
  } catch (error) {
    return complain(errorMessage(error), exitCodes.failed);
  }
}

function lineOf(key: string, text: string | null): string[] {
  const place = taskOfHubKey(key);
  const found = text === null ? null : readHubTask(text, key);
  if (place === null || found === null) return [];
  const { name, host = '' } = placeOf(place);
  const from = `from ${safeLine(host, 63)}`;
  if (found.kind !== 'read') return [`  ? ${safeLine(name, 100)} (${from}) · cannot be read`];
  return [`  ${markOf(found.task)} ${safeLine(name, 100)} (${from}) · ${stateOf(found.task)}`];
}

function markOf({ run }: HubTask): string {
  return run?.ending?.kind === 'done' ? '✓' : '○';
}

function stateOf({ lease: { owner }, run, offer, continued }: HubTask): string {
  const where = owner === null ? '' : ` on ${safeLine(owner, 63)}`;
  const waits = `waits for ${offer?.pinned ?? 'a machine'}`;
  if (run === null) return owner === null ? waits : `starting${where}`;
  const { ending, phase, session, ticked } = run;
  if (ending !== null && isAtRest({ run, continued })) {
    return [ending.kind, ending.sentence]
      .flatMap((one) => one ?? [])
      .map((one) => safeLine(one, 200))
      .join(': ');
  }
  if (owner === null) return waits;
  if (ending !== null) return `starting${where}`;
  const at = session === null ? '' : ` (session ${session.number})`;
  const done = ticked === null ? '' : `, ${ticked} steps done`;
  return `${phase}${where}${at}${done}`;
}
