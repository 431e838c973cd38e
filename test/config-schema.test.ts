// config.schema.json is what an editor knows of the configuration: it has to say what the program says.

import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configSchema } from '../docs/write-config-schema.ts';
import { configurationKeys, schemaAddress } from '../source/core/configuration-keys.ts';
import { configurationPath } from '../source/system/configuration-file.ts';
import { readConfiguration } from '../source/system/configuration.ts';

const committed = JSON.parse(
  fs.readFileSync(new URL('../config.schema.json', import.meta.url), 'utf8'),
) as { properties: Record<string, { default?: unknown; examples?: unknown[] }> };

const accepts = new Ajv({ strict: true }).compile(committed);

test('the committed file is current (npm run docs writes it)', () => {
  expect(committed).toEqual(configSchema());
});

test('it names the keys that every command checks', () => {
  expect(Object.keys(committed.properties)).toEqual([...configurationKeys]);
});

describe('the schema and the program take and refuse the same', () => {
  let root: string;
  let path: string;

  beforeAll(() => {
    root = fs.mkdtempSync(join(tmpdir(), 'config-schema-'));
    path = configurationPath({ XDG_CONFIG_HOME: root });
    fs.mkdirSync(dirname(path));
  });

  afterAll(() => fs.rmSync(root, { recursive: true }));

  const isTaken = (sample: unknown): boolean => {
    fs.writeFileSync(path, JSON.stringify(sample));
    const found = readConfiguration({ XDG_CONFIG_HOME: root }, root);
    if (!('configuration' in found)) return false;
    // The projects of the samples are nowhere; a schema cannot tell.
    const isOfValues = (warning: string): boolean => !warning.includes(', which does not exist: ');
    return found.configuration.warnings.filter(isOfValues).length === 0;
  };

  const taken: unknown[] = [
    {},
    { $schema: schemaAddress },
    { $schema: 'https://unpkg.com/autonomous-tui@1.2.3/config.schema.json' },
    { $schema: './config.schema.json', theme: 'colour-blind' },
    { keys: {} },
    { keys: { pause: 'K', zoom: ['Z', 'ctrl-o'] } },
    { restSeconds: 0 },
    { restSeconds: 0.5, silentSeconds: 86_400 },
    { sessionsAtOnce: 64 },
    { accountAtOnce: 1 },
    { reservePercent: 99 },
    // The defaults and the examples that it shows have to be worth copying.
    ...Object.entries(committed.properties).flatMap(([name, { default: byDefault, examples }]) =>
      [byDefault, ...(examples ?? [])]
        .filter((value) => value !== undefined)
        .map((value) => ({ [name]: value })),
    ),
  ];

  const refused: unknown[] = [
    [],
    null,
    'dark',
    { $schema: 5 },
    { $schema: '' },
    { $schema: 'https://json.schemastore.org/package.json' },
    { $schema: 'https://example.com/config.schema.json' },
    { $schema: './my-config.schema.json' },
    { $schema: `${'x'.repeat(2048)}/config.schema.json` },
    { colour: 'red' },
    { theme: 'pink' },
    { theme: null },
    { keys: { pause: 5 } },
    { keys: ['K'] },
    { mouse: true },
    { codex: 5 },
    { restSeconds: '3' },
    { restSeconds: -1 },
    { lingerSeconds: 86_401 },
    { sessionsAtOnce: 0 },
    { accountAtOnce: 0 },
    { sessionsAtOnce: 65 },
    { sessionsAtOnce: 1.5 },
    { reservePercent: -1 },
    { reservePercent: 100 },
    { reservePercent: '20' },
    { toolEnvironment: 'all' },
    { theme: 'dark', sandbox: 'danger-full-access' },
  ];

  test.each(taken.map((sample) => [JSON.stringify(sample), sample]))('%s', (_text, sample) => {
    expect(accepts(sample), JSON.stringify(accepts.errors)).toBe(true);
    expect(isTaken(sample)).toBe(true);
  });

  test.each(refused.map((sample) => [JSON.stringify(sample), sample]))('not %s', (_, sample) => {
    expect(accepts(sample)).toBe(false);
    expect(isTaken(sample)).toBe(false);
  });
});
