import { describe, expect, test } from 'vitest';
import {
  bodiesOf,
  entriesOf,
  commandCompleted,
  commandStarted,
  error,
  message,
  started,
  threadStarted,
  turnCompleted,
  turnFailed,
} from '../../helpers/log-lines.ts';

describe('retries', () => {
  const retry = (attempt: number) => error(`Reconnecting... ${attempt}/5 (cut)`);

  test('retries update one entry in place', () => {
    expect(bodiesOf([retry(1), retry(2), retry(3)])).toEqual([
      { kind: 'retry', attempt: 3, of: 5, reason: 'cut' },
    ]);
  });

  test.each([
    ['an item', message('back')],
    ['a completed turn', turnCompleted(1)],
  ])('a retry disappears when %s shows that it worked', (_, line) => {
    const bodies = bodiesOf([threadStarted(), retry(1), line]);
    expect(bodies.map(({ kind }) => kind)).not.toContain('retry');
  });

  test('a command that ends while the network is down does not end the retry', () => {
    const lines = [commandStarted('item_0'), retry(1), commandCompleted('item_0')];
    expect(bodiesOf(lines)).toMatchObject([{ kind: 'command' }, { kind: 'retry' }]);
  });

  test('a retry that failed stays above the error', () => {
    const lines = [retry(4), retry(5), error('cut'), turnFailed('cut')];
    expect(bodiesOf(lines)).toMatchObject([
      { kind: 'retry', attempt: 5 },
      { kind: 'error', message: 'cut' },
    ]);
  });

  test('another session does not change a retry', () => {
    const lines = [started(1), retry(1), started(2), message('hello')];
    expect(bodiesOf(lines).map(({ kind }) => kind)).toContain('retry');
  });
});

describe('errors', () => {
  test('a turn that fails with the preceding error is one entry with it', () => {
    expect(bodiesOf([error('full'), turnFailed('full')])).toEqual([
      { kind: 'error', message: 'full' },
    ]);
    expect(bodiesOf([error('full'), turnFailed('')])).toEqual([{ kind: 'error', message: 'full' }]);
  });

  test('of a body in JSON or HTML the message is shown', () => {
    const body = JSON.stringify({ detail: 'no such\nmodel' });
    expect(bodiesOf([error(body), turnFailed(body)])).toEqual([
      { kind: 'error', message: 'no such model' },
    ]);
    const page = 'unexpected status 502 Bad Gateway: <html><title>Bad day</title></html>';
    expect(bodiesOf([error(`Reconnecting... 1/5 (${page})`)])).toMatchObject([
      { kind: 'retry', reason: 'unexpected status 502 Bad Gateway: Bad day' },
    ]);
  });

  test('the line that repeats an error is the last line of its entry', () => {
    const [entry] = entriesOf([error('full'), turnFailed('full')]).list();
    expect(entry).toMatchObject({ offset: 0, lastOffset: 100 });
  });

  test('a turn that fails with another message is another error', () => {
    expect(bodiesOf([error('one'), turnFailed('two')])).toHaveLength(2);
  });

  test('an error that is reported twice is two errors', () => {
    expect(bodiesOf([error('one'), error('one')])).toHaveLength(2);
  });

  test('the same failure in the next session is an error again', () => {
    expect(bodiesOf([started(1), turnFailed('full'), started(2), turnFailed('full')])).toHaveLength(
      4,
    );
  });

  test('a failure without a message still becomes a sentence', () => {
    expect(bodiesOf([turnFailed('')])).toEqual([
      { kind: 'error', message: 'Codex failed without saying why' },
    ]);
  });
});

test('a private key that is printed line by line is masked, down to its last line', () => {
  const body = 'MIIEpAIBAAKCAQEA7bq3Zr0Y5qQ0x1';
  const begin = '-----BEGIN RSA PRIVATE KEY-----';
  const lines = ['before', begin, body, `${body}AB`, '-----END RSA PRIVATE KEY-----', 'after'];
  expect(bodiesOf(lines)).toEqual([{ kind: 'noise', text: `before\n${begin}…[masked]\nafter` }]);
  const errors = lines.map((text) => ({ type: 'autonomous.stderr', uuid: 'uuid-1', text }));
  expect(JSON.stringify(bodiesOf(errors))).not.toContain('MIIE');
});
