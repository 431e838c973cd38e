import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHubFile, writtenHubFile } from '../../../source/core/hub/hub-file.ts';
import {
  addressAsTyped,
  isLoopback,
  readListenAddress,
} from '../../../source/core/hub/serve/listen-address.ts';
import { serverConfiguration } from '../../../source/core/hub/serve/server-configuration.ts';

describe('where a hub listens', () => {
  test.each([
    ['0.0.0.0:4222', { host: '0.0.0.0', port: 4222 }, false],
    ['127.0.0.1', { host: '127.0.0.1', port: 4222 }, true],
    ['localhost:80', { host: 'localhost', port: 80 }, true],
    ['[::1]:4300', { host: '::1', port: 4300 }, true],
    ['[::]', { host: '::', port: 4222 }, false],
    ['127.0.0.1.example.org', { host: '127.0.0.1.example.org', port: 4222 }, false],
  ])('%s', (text, address, loopback) => {
    expect(readListenAddress(text)).toEqual(address);
    expect(isLoopback(address)).toBe(loopback);
    expect(readListenAddress(addressAsTyped(address))).toEqual(address);
  });

  test.each(['', ':4222', 'a:0', 'a:65536', 'a b', '::1', 'a:b', '"', 'a/b'])(
    '%j is no address',
    (text) => expect(readListenAddress(text)).toBeNull(),
  );
});

test('a file for a hub comes back as it was written, and nothing else is one', () => {
  const file = { url: 'tls://h:1', machine: 'laptop', key: 'SUAB', certificate: '-----BEGIN' };
  expect(readHubFile(writtenHubFile(file))).toEqual(file);
  for (const wrong of [{ machine: '../x' }, { key: 'U\n' }, { key: 'SU"' }, { url: 1 }]) {
    expect(readHubFile(JSON.stringify({ version: 1, ...file, ...wrong }))).toBeNull();
  }
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => !readHubFile(text)));
});

test('no path ends a value of the configuration', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (path) => {
      const text = serverConfiguration({
        host: '127.0.0.1',
        port: 1,
        storeDirectory: path,
        logFile: 'log',
        tls: null,
        users: [],
      });
      const [, value = ''] = /^jetstream \{ store_dir: (".*") \}$/m.exec(text) ?? [];
      expect(JSON.parse(value)).toBe(path);
    }),
  );
});
