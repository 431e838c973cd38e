// All agents, liars first.

import { options } from '../../../source/cli/options/table.ts';
import type { Agent } from './agent.ts';
import { honestAgents } from './honest-agents.ts';
import { honestChecks } from './honest-checks.ts';
import { honestUsers } from './honest-users.ts';
import { listLiars } from './list-liars.ts';
import { proofLiars } from './proof-liars.ts';
import { reviewedLiars } from './reviewed-liars.ts';
import { tickLiars } from './tick-liars.ts';

const all: readonly Agent[] = [
  ...tickLiars,
  ...listLiars,
  ...proofLiars,
  ...reviewedLiars,
  ...honestAgents,
  ...honestUsers,
  ...honestChecks,
];

const names: readonly string[] = options.map(({ name }) => name);

/** Without those with checks where the program does not have them yet. */
export const agents = all.filter(({ checks }) => checks === undefined || names.includes('check'));
