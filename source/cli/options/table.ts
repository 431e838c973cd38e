// Every option, once: this table feeds util.parseArgs for the quick invocations (--list, --help, --version), meow for
// the others, the help text and the docs.

import { checkpointOptions } from '../verbs/checkpoint-verb.ts';
import { hubOptions } from '../verbs/hub-verb.ts';
import { orderOptions } from '../verbs/order-verb.ts';
import { pauseOptions } from '../verbs/pause-verb.ts';
import { skillOptions } from '../verbs/skill-verb.ts';
import { takeOverOptions } from '../verbs/take-over-verb.ts';
import { tellOptions } from '../verbs/tell-verb.ts';
import { generalOptions, lastOptions } from './general-options.ts';
import { limitOptions } from './limit-options.ts';
import { logOptions } from './log-options.ts';
import type { OptionRow } from './option-row.ts';
import { rememberedOptions } from './remembered-options.ts';
import { runOptions } from './run-options.ts';
import { seedOptions } from './seed-options.ts';

export const options = [
  ...seedOptions,
  ...generalOptions,
  ...rememberedOptions,
  ...limitOptions,
  ...runOptions,
  ...logOptions,
  ...checkpointOptions,
  ...orderOptions,
  ...tellOptions,
  ...pauseOptions,
  ...skillOptions,
  ...takeOverOptions,
  ...hubOptions,
  ...lastOptions,
] as const satisfies readonly OptionRow[];

export type OptionName = (typeof options)[number]['name'];
