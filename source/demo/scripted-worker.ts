// Plays our roles on the real Codex. Task, role and step come from the prompt alone, as for a real model; if
// the prompt lacks one of them, the turn fails instead of guessing. The worker keeps no state: the number of tool
// outputs since the prompt says how far the turn is.

import type { Role } from '../core/task/task.ts';
import type { ModelRequest } from './model-request.ts';
import { type Plan, type Plans, planFor } from './plan.ts';
import { type PromptReading, readPrompt } from './read-prompt.ts';
import { callsTool, message, type ModelItem, type ModelUsage } from './responses-api.ts';
import type { Answer } from './scripted-model.ts';
import { executorScript, initializerScript, reviewerScript } from './worker-script.ts';

type WorkerSettings = { plans: Plans };

export function scriptedWorker({ plans }: WorkerSettings): (request: ModelRequest) => Answer {
  return (request) => {
    const reading = readPrompt(request.prompt);
    if ('missing' in reading) {
      // With this code Codex ends the turn at once and repeats the message unchanged.
      return {
        kind: 'failed',
        code: 'invalid_prompt',
        message: `The prompt does not say "${reading.missing}".`,
      };
    }
    const plan = planFor(plans, reading);
    const script = scripts[reading.role](reading, plan);
    const items = itemsToSayNow(script, request.toolOutputs);
    return { kind: 'items', items, usage: usageFor(request, items), delayMs: plan.paceMs };
  };
}

const scripts: Readonly<Record<Role, (reading: PromptReading, plan: Plan) => ModelItem[]>> = {
  initializer: initializerScript,
  executor: executorScript,
  reviewer: reviewerScript,
};

const maxQuoteLength = 500;

/** The next part of the script: after the tools that have answered, up to and including the next tool. */
export function itemsToSayNow(
  script: readonly ModelItem[],
  toolOutputs: ModelRequest['toolOutputs'],
): readonly ModelItem[] {
  const parts = partsUpToEachTool(script);
  const lastTool = parts[toolOutputs.length - 1]?.at(-1);
  const lastOutput = toolOutputs.at(-1);
  if (lastOutput?.failed && lastTool !== undefined && !mayFail(lastTool)) {
    const said = lastOutput.text.slice(0, maxQuoteLength);
    return [message(`That failed, so I stop here and leave the step open.\n\n${said}`)];
  }
  return parts[toolOutputs.length] ?? [message('Nothing is left to do.')];
}

function partsUpToEachTool(script: readonly ModelItem[]): ModelItem[][] {
  const parts: ModelItem[][] = [[]];
  for (const item of script) {
    parts.at(-1)!.push(item);
    if (callsTool(item)) parts.push([]);
  }
  return parts.filter((part) => part.length > 0);
}

function mayFail(item: ModelItem): boolean {
  return item.kind === 'command' && item.mayFail;
}

/** Roughly what a real model would count: four characters per token, the earlier conversation cached. */
function usageFor(request: ModelRequest, items: readonly ModelItem[]): ModelUsage {
  const inputTokens = Math.ceil(request.bodyLength / 4);
  const outputTokens = Math.ceil(JSON.stringify(items).length / 4);
  return {
    inputTokens,
    cachedInputTokens: request.toolOutputs.length === 0 ? 0 : Math.floor(inputTokens * 0.8),
    outputTokens,
    reasoningTokens: Math.floor(outputTokens / 4),
  };
}
