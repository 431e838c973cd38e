// A login that has expired: old tokens, and a server on loopback that refuses to refresh them.

import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export type ExpiredLogin = {
  /** The environment variables that make Codex use our server. */
  environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
};

export async function expireLogin(codexHome: string): Promise<ExpiredLogin> {
  const server = createServer((_request, response) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { code: 'refresh_token_expired' } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const tokens = {
    id_token: token(),
    access_token: token(),
    refresh_token: 'a token of long ago',
    account_id: 'account',
  };
  const login = {
    auth_mode: 'chatgpt',
    OPENAI_API_KEY: null,
    tokens,
    last_refresh: '2025-01-01T00:00:00Z',
  };
  await writeFile(join(codexHome, 'auth.json'), JSON.stringify(login), { mode: 0o600 });
  return {
    environment: { CODEX_REFRESH_TOKEN_URL_OVERRIDE: `http://127.0.0.1:${port}/token` },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A JWT as Codex reads it: its signature is not checked. */
function token(): string {
  const claims = {
    email: 'somebody@example.com',
    exp: 1_735_700_000,
    'https://api.openai.com/auth': { chatgpt_plan_type: 'plus', chatgpt_account_id: 'account' },
  };
  const parts = [{ alg: 'none', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return [...parts, 'c2lnbmF0dXJl'].join('.');
}
