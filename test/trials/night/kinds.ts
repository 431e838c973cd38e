// Every kind of fault that a night may bring.

import type { FaultKind } from './fault.ts';
import { fileFaults } from './file-faults.ts';
import { modelFaults } from './model-faults.ts';
import { outages } from './outages.ts';
import { processFaults } from './process-faults.ts';

export const faultKinds: readonly FaultKind[] = [
  ...modelFaults,
  ...outages,
  ...processFaults,
  ...fileFaults,
];

/** The faults of every short night: one for each way of recovering. */
export const shortNightKinds: readonly string[] = [
  'usage limit',
  '500',
  'silence',
  'context full',
  'login lost',
  'runner killed',
  'Codex killed',
  'dashboard killed',
  'session.log rotated',
];
