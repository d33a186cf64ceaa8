/**
 * Writes the pages that are derived from the code: `docs/errors.md` and `docs/configuration.md`. With `--check` it only
 * compares, and fails where a page is not true any more.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ERRORS, SERVICE_NAMES } from '@wordcloud/contracts';
import type { Settings } from '@wordcloud/service-kit';

const root = resolve(import.meta.dirname, '..');
const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows.map((cells) => cells.map(asCell))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
/** What Markdown and HTML would take for their own. */
const asCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

function errorsPage(): string {
  const rows = Object.entries(ERRORS).map(([code, { status, title }]) => [`\`${code}\``, String(status), title]);
  return `# Errors

Every error answer is \`application/problem+json\` (RFC 9457) with \`type\`, \`title\`, \`status\`, \`code\`, \`detail\`, \`requestId\` and,
for wrong input, \`errors\`: a list of \`{field, value, allowed}\`. Where the request is recorded, \`traceId\` leads to its trace. Codes are stable; \`detail\` is for people. 503 and 429 come with
\`Retry-After\`. A failed task has one of these codes in \`error.code\`.

${table(['code', 'status', 'meaning'], rows)}

Written by \`scripts/write-docs.ts\` from \`shared/contracts/src/errors.ts\`.
`;
}

async function configurationPage(): Promise<string> {
  const parts = [];
  const configs = SERVICE_NAMES.map((name) => [name as string, `${name}/src/config.ts`] as const);
  for (const [name, module] of [...configs, ['wordcloud-ui', 'wordcloud-ui/server/config.ts'] as const]) {
    const { settings } = (await import(resolve(root, module))) as { settings: Settings };
    const rows = Object.values(settings).map(({ env, fallback, allowed, description }) => [
      `\`${env}\``,
      fallback === undefined ? 'must be set' : fallback === '' ? 'none' : `\`${fallback}\``,
      allowed,
      description,
    ]);
    parts.push(`## ${name}\n\n${table(['variable', 'default', 'allowed', 'meaning'], rows)}`);
  }
  return `# Configuration

Services are configured by environment variables; where go-doudou has a name for a setting, it is that name. A wrong setting stops
the service at start with a sentence that names the variable, the value and what is allowed. What holds now is shown at
\`/go-doudou/config\` of each service, secrets redacted.

\`make start\` sets what is needed: where the others are, a fresh \`SERVICE_TOKEN\`, the demo account, \`admin\`/\`admin\` for the management
pages. What you set yourself wins. It also takes
\`UI_PORT\`, \`BFF_PORT\`, \`USER_PORT\`, \`TASK_PORT\`, \`SEG_PORT\`, \`MAKER_PORT\` and \`GOSSIP_PORT\` (the lowest of its ports), and \`SCALE_BFF\`,
\`SCALE_USER\`, \`SCALE_TASK\`, \`SCALE_SEG\` and \`SCALE_MAKER\`: how many of each.

${parts.join('\n\n')}

Written by \`scripts/write-docs.ts\` from the \`config.ts\` of the services.
`;
}

const pages = { 'docs/errors.md': errorsPage(), 'docs/configuration.md': await configurationPage() };
for (const [path, text] of Object.entries(pages)) {
  const file = resolve(root, path);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${path} is not what the code says any more: run \`node scripts/write-docs.ts\``);
    process.exitCode = 1;
  }
}
