// The permit under which the sessions of a run work: requested for a plan, kept until what follows the session is over.

import { isDiskFull } from '../../core/run/disk-full.ts';
import type { Fact } from '../../core/run/fact.ts';
import type { SessionPlan, Wait } from '../../core/run/run.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { Permit, PermitQuestion, PermitRequest } from '../coordination/coordination.ts';
import { untilFree } from '../session/conversation-in-use.ts';
import type { RunnerDeps, RunRequest } from './runner-deps.ts';

type PermitParts = {
  deps: Pick<RunnerDeps, 'coordination' | 'codex'>;
  request: Pick<RunRequest, 'settings'>;
  reserve: PermitQuestion['reserve'];
  tell(fact: Fact): void;
  tellDiskFull(session: number): Promise<void>;
};

type SessionPermit = {
  ask(plan: SessionPlan): void;
  hurry(): void;
  drop(): void;
  /** For a session that runs already. */
  adopt(): void;
  /** What the session told: others may start now, or the account's limit is over. */
  heard(fact: Pick<Fact, 'kind'>): void;
  release(): void;
};

export function sessionPermit(parts: PermitParts): SessionPermit {
  const { deps, request, reserve, tell, tellDiskFull } = parts;
  let asked: PermitRequest | null = null;
  let permit: Permit | null = null;
  return {
    ask: (plan) => {
      const { number: session } = plan;
      asked = deps.coordination.requestPermit({
        atOnce: request.settings.sessionsAtOnce,
        waits: (wait: Wait) => tell({ kind: 'kept waiting', session, wait }),
        heldUp: () => untilFree(plan, deps.codex),
        reserve,
      });
      asked.given.then(
        (given) => {
          permit = given;
          tell({ kind: 'permit given', session });
        },
        (error: unknown) =>
          isDiskFull(error)
            ? void tellDiskFull(session)
            : tell({ kind: 'fatal', sentence: errorMessage(error) }),
      );
    },
    hurry: () => asked?.hurry(),
    drop: () => asked?.drop(),
    adopt: () => {
      permit = deps.coordination.permitOfAdopted(request.settings.sessionsAtOnce);
    },
    heard: ({ kind }) => {
      if (kind === 'thread started') permit?.hasStarted();
      if (kind === 'answered') permit?.hasAnswered();
    },
    release: () => permit?.release(),
  };
}
