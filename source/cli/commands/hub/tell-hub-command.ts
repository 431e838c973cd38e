// `--hub FILE --tell TEXT --task-name NAME`: tells a task of a hub something, wherever it is worked on.

import { randomUUID } from 'node:crypto';
import { tellOverHub } from '../../../engine/hub/viewer/tell-over-hub.ts';
import { systemClock } from '../../../system/clock.ts';
import { complain } from '../../complain.ts';
import { onTaskOfHub } from '../../deps/hub/task-of-hub.ts';
import { toldText } from '../../deps/verbs/told-text.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Invocation } from '../../invocation.ts';
import type { TellVerb } from '../../verbs/tell-verb.ts';

export function tellHubCommand(
  invocation: Invocation,
  { hub, tell }: { hub: string; tell: TellVerb },
): Promise<number> {
  return onTaskOfHub(invocation, hub, async ({ link, task }) => {
    const text = await toldText(tell);
    const asking = { link, clock: systemClock, newId: randomUUID };
    const { ok, sentence } = await tellOverHub(asking, task, { text, when: tell.when });
    if (!ok) return complain(sentence, exitCodes.failed);
    process.stdout.write(`✓ ${sentence}\n`);
    return exitCodes.done;
  });
}
