// How many real shapes of keys are masked, and how many harmless texts are shown. The keys are made when the test runs,
// so that no scanner reports this file as a leak.

import { expect, test } from 'vitest';
import { cpuMs } from '../../helpers/cpu-time.ts';
import { maskSecrets } from '../../../source/core/text/secrets.ts';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const hex = 'abcdef' + digits;
const letters = lower + lower.toUpperCase();
const alnum = letters + digits;
const url = `${alnum}_-`;
const base64 = `${alnum}+/`;

let seed = 20;
/** As random as a key is, and the same in every run. */
function random(length: number, signs = alnum): string {
  return Array.from({ length }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return signs[Math.floor((seed / 2_147_483_648) * signs.length)];
  }).join('');
}
const uuid = (): string => [8, 4, 4, 4, 12].map((length) => random(length, hex)).join('-');

/** The text, and the part of it that must not be shown. A plain text is a key that begins with its kind. */
type Case = string | [text: string, secret: string];
const behind = (before: string, secret: string, after = ''): Case => [
  before + secret + after,
  secret,
];

const jwt = `${'ey' + 'J'}${random(20)}.eyJ${random(40)}.${random(43, url)}`;
const webhook = random(24);
const basic = Buffer.from(`admin:${random(12)}`).toString('base64');

const keys: Record<string, Case> = {
  '1Password secret key': `A3-${[6, 6, 5, 5, 5, 5].map((n) => random(n, lower.toUpperCase() + digits)).join('-')}`,
  '1Password service account': `ops_eyJ${random(260, base64)}`,
  'age secret key': `AGE-SECRET-KEY-1${random(58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')}`,
  'Alibaba access key': `LTAI${random(20)}`,
  'Airtable token': `pat${random(14)}.${random(64, hex)}`,
  'Anthropic key': `sk-ant-api03-${random(93, url)}AA`,
  'Atlassian token': `ATATT3${random(186, url)}`,
  'AWS access key': `AKIA${random(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
  'AWS secret key': behind('aws_secret_access_key = ', random(40, base64)),
  'AWS secret key in an environment': behind('AWS_SECRET_ACCESS_KEY=', random(40, base64)),
  'AWS session token': behind('AWS_SESSION_TOKEN=', `IQoJ${random(300, base64)}`),
  'AWS signed address': behind(
    'https://b.s3.amazonaws.com/o?X-Amz-Date=1&X-Amz-Signature=',
    random(64, hex),
  ),
  'Azure account key': behind(
    'AccountName=shop;AccountKey=',
    `${random(86, base64)}==`,
    ';EndpointSuffix=core',
  ),
  'Azure shared access': behind(
    'SharedAccessKeyName=Root;SharedAccessKey=',
    `${random(43, base64)}=`,
  ),
  'Azure signature': behind('https://x.blob.core.windows.net/c/f?sv=2024&sig=', `${random(43)}%3D`),
  'Azure client secret': behind('secret: ', `${random(3)}8Q~${random(34, url)}`),
  'basic authorization': behind('Authorization: Basic ', basic),
  'basic authorization in JSON': behind('{"Authorization":"Basic ', basic, '"}'),
  'basic authorization in curl': behind(`curl -H 'authorization: basic `, basic, `' x.org`),
  'bearer authorization': behind('Authorization: Bearer ', random(40)),
  'token authorization': behind('Authorization: token ', random(40, hex)),
  'proxy authorization': behind('Proxy-Authorization: Basic ', basic),
  'Bitbucket secret': behind('BITBUCKET_CLIENT_SECRET=', random(64)),
  'Buildkite token': `bkua_${random(40, hex)}`,
  'Clojars token': `CLOJARS_${random(60, lower + digits)}`,
  'Cloudflare key': behind('CLOUDFLARE_API_KEY: ', random(40, lower + digits)),
  'Codecov token': behind('codecov token: ', random(32, lower + digits)),
  'a cookie': behind('Cookie: session=', random(40), '; theme=dark'),
  'curl user': behind('curl -sS -u deploy:', random(14), ' https://x.org'),
  'Databricks token': `dapi${random(32, hex)}`,
  'Datadog key': behind('datadog api key = "', random(40, hex), '"'),
  'DigitalOcean token': `dop_v1_${random(64, hex)}`,
  'Discord bot': behind('DISCORD_TOKEN=', `${random(24)}.${random(6)}.${random(38, url)}`),
  'Discord webhook': behind(
    `https://discord.com/api/webhooks/${random(18, digits)}/`,
    random(68, url),
  ),
  'Docker token': `dckr_pat_${random(27, url)}`,
  'Doppler token': `dp.pt.${random(43)}`,
  'Dropbox token': behind('dropbox token: ', `sl.${random(135, lower + digits)}`),
  'Duffel token': `duffel_live_${random(43)}`,
  'Dynatrace token': `dt0c01.${random(24)}.${random(64)}`,
  'EasyPost key': `EZAK${random(54)}`,
  'encrypted database': behind('postgres://shop:', random(12), '@db.internal:5432/shop'),
  'a database without a user': behind('redis://:', random(20), '@cache:6379/0'),
  'environment: DB_PASS': behind('DB_PASS=', random(10)),
  'environment: a short word': behind('export MYSQL_PASSWORD=', 'hunter2'),
  'environment: with dollar signs': behind('APP_SECRET=', `p4$${random(10)}`),
  'environment: ENCRYPTION_KEY': behind('ENCRYPTION_KEY=', random(44, base64)),
  'environment: SECRET_KEY_BASE': behind('SECRET_KEY_BASE=', random(128, hex)),
  'environment: APP_KEY of Laravel': behind('APP_KEY=base64:', `${random(43, base64)}=`),
  'environment: REDIS_AUTH': behind('REDIS_AUTH=', random(24)),
  'environment: AUTH_SALT': behind('AUTH_SALT=', random(32)),
  'Facebook token': `EAAM${random(120)}`,
  'Figma token': `figd_${random(40, url)}`,
  'Fly token': `fo1_${random(43, url)}`,
  'GitHub classic': `ghp_${random(36)}`,
  'GitHub app': `ghs_${random(36)}`,
  'GitHub fine-grained': `github_pat_${random(82)}`,
  'GitLab personal': `glpat-${random(20, url)}`,
  'GitLab routable': `glpat-${random(27, url)}.01.${random(9, lower + digits)}`,
  'GitLab runner': `glrt-${random(20, url)}`,
  'GitLab deploy': `gldt-${random(20, url)}`,
  'GitLab job': `glcbt-64_${random(20, url)}`,
  'Google key': `AIza${random(35, url)}`,
  'Google access token': `ya29.${random(60, url)}`,
  'Google client secret': `GOCSPX-${random(28, url)}`,
  'Grafana service account': `glsa_${random(32)}_${random(8, hex)}`,
  'Grafana cloud': `glc_${random(60)}`,
  'Groq key': `gsk_${random(52)}`,
  'HashiCorp Terraform': behind('token = "', `${random(14)}.atlasv1.${random(67)}`, '"'),
  'Heroku key': behind('HEROKU_API_KEY=', uuid()),
  'Hugging Face token': `hf_${random(34, letters)}`,
  'Intercom token': behind('intercom_token: ', random(60)),
  'a JSON Web Token': jwt,
  'JSON: password': behind('{"password": "', random(12), '"}'),
  'JSON: within a text': behind('"body":"{\\"client_secret\\":\\"', random(24), '\\"}"'),
  'Linear key': `lin_api_${random(40)}`,
  'Mailchimp key': behind('mailchimp: ', `${random(32, hex)}-us21`),
  'Mailgun key': `key-${random(32, hex)}`,
  'New Relic key': `NRAK-${random(27, lower.toUpperCase() + digits)}`,
  'Notion token': `ntn_${random(11, digits)}${random(35)}`,
  'npm token': `npm_${random(36)}`,
  'npm token in .npmrc': behind('//npm.example.com/:_authToken=', uuid()),
  'OpenAI key': `sk-${random(48)}`,
  'OpenAI project key': `sk-proj-${random(74, url)}T3BlbkFJ${random(74, url)}`,
  'OpenRouter key': `sk-or-v1-${random(64, hex)}`,
  'Perplexity key': `pplx-${random(48)}`,
  'PlanetScale password': `pscale_pw_${random(43)}`,
  'Postman key': `PMAK-${random(24, hex)}-${random(34, hex)}`,
  'private key': [
    `-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n`,
    'b3BlbnNzaC1rZXktdjEA',
  ],
  'Pulumi token': `pul-${random(40, hex)}`,
  'PyPI token': `pypi-AgEIcHlwaS5vcmc${random(150, url)}`,
  'PyPI token, cut': `pypi-AgEIcHlwaS5vcmc${random(24, url)}`,
  'RubyGems key': `rubygems_${random(48, hex)}`,
  'SendGrid key': `SG.${random(22, url)}.${random(43, url)}`,
  'Sendinblue key': `xkeysib-${random(64, hex)}-${random(16)}`,
  'Sentry user token': `sntryu_${random(64, hex)}`,
  'Sentry address': behind('SENTRY_DSN=https://', random(32, hex), '@o12.ingest.sentry.io/34'),
  'Shopify token': `shpat_${random(32, hex)}`,
  'Slack app': `xapp-1-A${random(10, lower.toUpperCase() + digits)}-${random(13, digits)}-${random(64, hex)}`,
  'Slack bot': `xoxb-${random(12, digits)}-${random(12, digits)}-${random(24)}`,
  'Slack webhook': behind(
    `https://hooks.slack.com/services/T${random(8)}/`,
    `B${random(8)}/${webhook}`,
  ),
  'Square token': `sq0atp-${random(22, url)}`,
  'Stripe live': `sk_live_${random(24)}`,
  'Stripe restricted': `rk_test_${random(99)}`,
  'Stripe webhook': `whsec_${random(32)}`,
  'Supabase token': `sbp_${random(40, hex)}`,
  'Tailscale key': `tskey-auth-${random(12)}CNTRL-${random(32)}`,
  'Teams webhook': behind(
    'https://shop.webhook.office.com/webhookb2/',
    `${uuid()}@${uuid()}/IncomingWebhook/x`,
  ),
  'Telegram bot': behind(
    'https://api.telegram.org/bot',
    `${random(10, digits)}:AA${random(33, url)}`,
    '/getMe',
  ),
  'Twilio key': `SK${random(32, hex)}`,
  'Vault token': `hvs.${random(95, url)}`,
  'xAI key': `xai-${random(80)}`,
  'XML: password': behind('<password>', random(12), '</password>'),
  'YAML: api-key': behind('  api-key: ', random(32)),
};

const harmless = [
  'PWD=/home/me',
  'OLDPWD=/home/me/shop',
  'INIT_CWD=/home/me PWD=/home/me/shop\nOLDPWD=/',
  'SSH_PRIVATE_KEY=/home/me/.ssh/id_ed25519',
  'private_key: /etc/ssl/private/shop2026.pem',
  'a plain sentence about tokens, passwords and the secret of good tea.',
  'thread 0199a213-81c0-7800-8aa1-bbab2a035a53',
  'commit 99a8fb0c1d2e3f405162738495a6b7c8d9e0f1a2',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  '"integrity": "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="',
  'linear: 5d41402abc4b2a76b9719d911017c592, xray sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b',
  'datadog/agent@99a8fb0c1d2e3f405162738495a6b7c8d9e0f1a2',
  'sourcegraph at 99a8fb0c1d2e3f405162738495a6b7c8d9e0f1a2',
  'task-runner and risk-assessment-of-the-whole-project',
  'sk-learn, sk-toggleable__content, sk-SK',
  'input_tokens: 123456789, "cached_input_tokens": 123456789',
  'max_tokens=128000 next_token_id=4096',
  'Bearer authentication, a bearer of news',
  'Authorization: required, Authorization header missing',
  'token=getToken(request)',
  'token=accessToken, password=new_password',
  'password: string;',
  'password: required, at least 8 characters',
  'const token = process.env.GITHUB_TOKEN1',
  'TOKEN=$GITHUB_TOKEN1 TOKEN=${{ secrets.TOKEN1 }}',
  'api_key=%API_KEY1% secret=@SECRET_VALUE1@',
  '"password": "Enter your password"',
  'password=******** token=xxxxxxxxxxxx',
  'token=undefined password=required',
  'pass=1532 fail=0, # pass 1532',
  'COMPASS=north12345 BYPASS=always12',
  'SORT_KEY=created_at_2026 PRIMARY_KEY=order_id1 CACHE_KEY=node-modules-a1b2c3d4e5f6',
  'PUBLIC_KEY=MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE me@home',
  'https://example.org:8080/path?a=b',
  'git@github.com:owner/project.git and ssh://git@github.com/owner/project.git',
  'postgres://me:${DB_PASS}@db postgres://me:$DB_PASS@db',
  'npm_config_user_agent=npm/11.0.0 npm_lifecycle_event=test',
  '-----BEGIN CERTIFICATE-----',
  'docker run --user 1000:1000 -u node:node image',
  'curl -u "$USER:$TOKEN" https://x.org',
  'for key in keys: print(key, value1234)',
  'KeyError: "user_id_12345"',
  'tests/test_password_reset.py::test_token_expires PASSED',
  'secretName: shop-tls-2026',
  'the hook of https://hooks.slack.com/docs and https://discord.com/developers',
  'mysql --password -u root, mysql -port 3306',
  'localhost:8080 10.0.0.1:5432 ::1 12:34:56',
  'author: jane, authority=example.org1, authentic',
];

/** The names of the keys that can still be read. */
function shown(): string[] {
  return Object.entries(keys).flatMap(([name, entry]) => {
    const [text, secret] = typeof entry === 'string' ? [entry, entry] : entry;
    // In the middle of a line, in brackets, and before a comma.
    const places = [text, `it prints ${text}\nand goes on`, `(${text}), then`];
    const isShown = places.some((place) => {
      const masked = maskSecrets(place);
      return masked.includes(secret) || masked.includes(secret.slice(-8));
    });
    return isShown ? [name] : [];
  });
}

test('every shape of a key is masked', () => {
  expect(Object.keys(keys).length).toBeGreaterThanOrEqual(100);
  expect(shown()).toEqual([]);
});

test('no harmless text is masked', () => {
  expect(harmless.length).toBeGreaterThanOrEqual(45);
  const changed = harmless
    .map((text) => maskSecrets(text))
    .filter((text, at) => text !== harmless[at]);
  expect(changed).toEqual([]);
});

test('a log without keys costs one pass', () => {
  const line =
    'src/shop/cart.ts:41:7 - error TS2322: Type string is not assignable to type number.\n';
  const text = line.repeat(20_000);
  const start = cpuMs();
  expect(maskSecrets(text)).toBe(text);
  expect(cpuMs() - start).toBeLessThan(1000);
});
