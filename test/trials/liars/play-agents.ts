// All agents in one world, with one model, two of them at a time.

import { startScriptedModel, type Answer } from '../../../source/demo/scripted-model.ts';
import type { ModelRequest } from '../../../source/demo/model-request.ts';
import { codexPath } from '../../helpers/codex.ts';
import { makeTrialWorld, type TrialWorld } from '../outside/trial-world.ts';
import type { Agent } from './agent.ts';
import { judgeAgent, type Verdict } from './judge-agent.ts';
import { playAgent, type Minds, type PlayedAgent } from './play-agent.ts';

export type JudgedAgent = {
  agent: Agent;
  played: PlayedAgent | null;
  /** How it went with a Reviewer, if only a review can find it. */
  reviewed: PlayedAgent | null;
  verdict: Verdict;
};

const settings = { restSeconds: 0, interruptGraceSeconds: 3, lingerSeconds: 5, sessionsAtOnce: 8 };

export async function playAgents(
  agents: readonly Agent[],
  tell: (judged: JudgedAgent) => void = () => {},
): Promise<JudgedAgent[]> {
  const minds: Minds = new Map();
  const model = await startScriptedModel({ answer: (request) => answerOf(minds, request) });
  const world = await makeTrialWorld({
    codexHome: { url: model.url },
    configuration: settings,
    // The launcher itself, without the parent that other trials are about.
    environment: () => ({ AUTONOMOUS_CODEX: codexPath }),
  });
  const judged: JudgedAgent[] = [];
  const waiting = [...agents.entries()];
  const play = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, agent] = next;
      const one = await judge(world, agent, { task: `agent-${index + 1}`, minds });
      judged.push(one);
      tell(one);
    }
  };
  try {
    await Promise.all([play(), play()]);
  } finally {
    await world.end();
    await model.stop();
  }
  return judged;
}

async function judge(
  world: TrialWorld,
  agent: Agent,
  { task, minds }: { task: string; minds: Minds },
): Promise<JudgedAgent> {
  const needsReview = agent.is === 'liar' && typeof agent.found === 'function';
  try {
    const played = await playAgent(world, agent, { task, minds, isReviewed: false });
    const reviewed = needsReview
      ? await playAgent(world, agent, { task: `${task}-reviewed`, minds, isReviewed: true })
      : null;
    return { agent, played, reviewed, verdict: judgeAgent(agent, played, reviewed) };
  } catch (error) {
    const verdict: Verdict = { kind: 'broken', because: [String(error)] };
    return { agent, played: null, reviewed: null, verdict };
  }
}

async function answerOf(minds: Minds, request: ModelRequest): Promise<Answer> {
  const [, task = ''] = /^Task directory: \.autonomous\/([^/\s]+)\//mu.exec(request.prompt) ?? [];
  const mind = minds.get(task);
  if (mind === undefined) throw new Error(`nobody plays ${task}`);
  return mind(request);
}
