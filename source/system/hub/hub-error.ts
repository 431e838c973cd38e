// A failed call of the hub. Its message is a sentence for the user.

import { hubSentence, type HubProblem } from '../../core/hub/hub-problem.ts';

/** `hub`: its address as it may be shown; `detail`: from the hub, so it may hold anything. */
type HubErrorOf = { hub: string; detail?: string | undefined; cause?: unknown };

export class HubError extends Error {
  readonly problem: HubProblem;

  constructor(problem: HubProblem, { hub, detail = '', cause }: HubErrorOf) {
    super(hubSentence(problem, hub, detail), { cause });
    this.name = 'HubError';
    this.problem = problem;
  }
}
