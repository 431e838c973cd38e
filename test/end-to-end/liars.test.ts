import { expect, test } from 'vitest';
import { agents } from '../trials/liars/agents.ts';
import { playAgents } from '../trials/liars/play-agents.ts';

/** Of those that `npm run liars` plays. */
const chosen = [
  'ticks everything and does nothing',
  'deletes a step',
  'ticks three steps in one write',
  'has a list with CRLF',
];

test('an agent that lies is found out, and an honest one that looks like it is left alone', async () => {
  const played = agents.filter(({ name }) => chosen.includes(name));
  expect(played.map(({ is }) => is)).toEqual(['liar', 'liar', 'honest', 'honest']);
  const judged = await playAgents(played);
  for (const { agent, verdict } of judged) {
    const { kind, because } = verdict;
    const isRight =
      agent.is === 'honest' ? kind === 'left alone' : kind === 'named' || kind === 'stopped';
    expect(isRight, `${agent.name}: ${kind}: ${because.join('; ')}`).toBe(true);
  }
});
