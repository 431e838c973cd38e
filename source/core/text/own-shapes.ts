// Shapes of keys that gitleaks lacks (key-shapes.ts), or that it takes only where they end as in a file.

const wordEnd = '(?![A-Za-z0-9_-])';
/** The same rest behind each of several kinds: `gh` and `p o u` are `ghp…`, `gho…` and `ghu…`. */
const each = (kinds: string, rest: string, before = ''): [string, string][] =>
  kinds.split(' ').map((kind) => [before + kind, rest]);

/** Shapes that are proof enough, as what they begin with and the rest: they do not occur by accident. */
export const ownShapes: readonly (readonly [prefix: string, rest: string])[] = [
  // OpenAI, Anthropic, OpenRouter: sk-proj-…, sk-ant-api03-…, and the old sk- with letters and digits only
  [
    'sk-',
    `(?:(?:proj|svcacct|ant)-[A-Za-z0-9_-]{12,}|(?:admin|or)-[A-Za-z0-9_-]{20,}|[A-Za-z0-9]{16,}${wordEnd})`,
  ],
  // Stripe
  ...each('sk_live_ rk_live_ sk_test_ rk_test_', '[A-Za-z0-9]{16,}'),
  ['whsec_', '[A-Za-z0-9+/=]{24,}'],
  // GitHub, GitLab, npm, PyPI, Docker, Hugging Face
  ...each('p_ o_ u_ s_ r_', '[A-Za-z0-9]{20,}', 'gh'),
  ['github_pat_', '[A-Za-z0-9_]{20,}'],
  ...each(
    'agent- cbt- dt- ffct- ft- imt- oas- pat- ptt- rt- rtr- soat-',
    '[A-Za-z0-9_.-]{16,}',
    'gl',
  ),
  ['npm_', '[A-Za-z0-9]{30,}'],
  ['pypi-', 'AgE[A-Za-z0-9_-]{16,}'],
  ...each('pat_ oat_', '[A-Za-z0-9_-]{20,}', 'dckr_'),
  ['hf_', '[A-Za-z0-9]{30,}'],
  // AWS, Google, Slack
  ...each('AKIA ASIA', `[A-Z0-9]{16}${wordEnd}`),
  ['AIza', '[A-Za-z0-9_-]{30,}'],
  ['ya29.', '[A-Za-z0-9_-]{20,}'],
  ['GOCSPX-', '[A-Za-z0-9_-]{20,}'],
  ...each('a b c e o p r s', '(?:\\.xox[bp])?-[A-Za-z0-9-]{10,}', 'xox'),
  ['xapp-', '\\d-[A-Za-z0-9-]{20,}'],
  // SendGrid, Groq, Replicate, xAI, Pinecone, Tavily, Perplexity, Supabase, Figma, Netlify, Buildkite, PostHog, Tailscale
  ['SG.', '[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}'],
  ['gsk_', '[A-Za-z0-9]{40,}'],
  ['r8_', '[A-Za-z0-9]{37}'],
  ['xai-', '[A-Za-z0-9]{40,}'],
  ['pcsk_', '[A-Za-z0-9_]{40,}'],
  ['tvly-', '[A-Za-z0-9-]{20,}'],
  ['pplx-', '[A-Za-z0-9]{40,}'],
  ['sbp_', '[a-f0-9]{40}'],
  ...each('d_ o_ u_ r_', '[A-Za-z0-9_-]{36,}', 'fig'),
  ['nfp_', '[A-Za-z0-9]{36,}'],
  ['bkua_', '[a-f0-9]{40}'],
  ['phx_', '[A-Za-z0-9]{40,}'],
  ['tskey-', '[a-z]{3,10}-[A-Za-z0-9-]{16,}'],
  // Vault, Cloudflare, Square, New Relic, Typeform, crates.io, NuGet, Mailgun, Tencent, Airtable, Atlassian, Bitbucket
  ['hvs.', '[A-Za-z0-9_-]{24,}'],
  ...each('cfut_ cfat_', '[A-Za-z0-9_-]{40,}'),
  ...each('sq0atp- sq0csp-', '[A-Za-z0-9_-]{22,}'),
  ['NRAK-', '[A-Z0-9]{27}'],
  ['tfp_', '[A-Za-z0-9_-]{40,}'],
  ['cio', `[A-Za-z0-9]{32}${wordEnd}`],
  ['oy2', `[a-z0-9]{43}${wordEnd}`],
  ['key-', `[a-f0-9]{32}${wordEnd}`],
  ['AKID', `[A-Za-z0-9]{32}${wordEnd}`],
  ['pat', '[A-Za-z0-9]{14}\\.[a-f0-9]{64}'],
  ...each('ATATT3 ATCTT3', '[A-Za-z0-9_=-]{100,}'),
  ['ATBB', '[A-Za-z0-9]{32}'],
  // A JSON Web Token: eyJ<header>.eyJ<payload>.<signature>
  ['eyJ', '[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}'],
];
