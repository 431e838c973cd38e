// All agents in one world, with one model, two of them at a time.

import { startScriptedModel, type Answer } from '../../../source/demo/scripted-model.ts';
import type { ModelRequest } from '../../../source/demo/model-request.ts';
import { codexPath } from '../../helpers/codex.ts';
import { makeTrialWorld, type TrialWorld } from '../outside/trial-world.ts';
import type { Agent } from './agent.ts';
import { judgeAgent, type Verdict } from './judge-agent.ts';
import { playAgent, type Minds, type PlayedAgent } from './play-agent.ts';

export type JudgedAgent = { agent: Agent; played: PlayedAgent | null; verdict: Verdict };

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
  how: { task: string; minds: Minds },
): Promise<JudgedAgent> {
  try {
    const played = await playAgent(world, agent, how);
    return { agent, played, verdict: judgeAgent(agent, played) };
  } catch (error) {
    return { agent, played: null, verdict: { kind: 'broken', because: [String(error)] } };
  }
}

async function answerOf(minds: Minds, request: ModelRequest): Promise<Answer> {
  const [, task = ''] = /^Task directory: \.autonomous\/([^/\s]+)\//mu.exec(request.prompt) ?? [];
  const mind = minds.get(task);
  if (mind === undefined) throw new Error(`nobody plays ${task}`);
  return mind(request);
}
