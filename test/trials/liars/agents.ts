// All agents, liars first.

import type { Agent } from './agent.ts';
import { honestAgents } from './honest-agents.ts';
import { listLiars } from './list-liars.ts';
import { tickLiars } from './tick-liars.ts';

export const agents: readonly Agent[] = [...tickLiars, ...listLiars, ...honestAgents];
