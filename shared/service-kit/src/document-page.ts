/** The OpenAPI document as a plain page: every operation with what it takes and answers. No script, nothing from elsewhere. */
import type { FastifyInstance } from 'fastify';

type Document = Exclude<ReturnType<FastifyInstance['swagger']>, string>;

interface OperationObject {
  operationId?: string;
  summary?: string;
  description?: string;
  parameters?: unknown;
  requestBody?: unknown;
  responses?: Record<string, { description?: string }>;
}

export function documentPage(document: Document): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, OperationObject>).map(([method, operation]) =>
      describe(method.toUpperCase(), path, operation),
    ),
  );
  const title = escapeHtml(document.info.title);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1f2933; background: #fff }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .25rem } code, pre { font: 14px/1.4 ui-monospace, monospace }
pre { background: #f5f7fa; padding: .75rem; overflow: auto; border-radius: 6px } b { color: #0b6e4f }
</style></head><body><h1>${title}</h1><p><a href="openapi.json">openapi.json</a></p>
${operations.join('\n')}
</body></html>`;
}

function describe(method: string, path: string, operation: OperationObject): string {
  const details = {
    parameters: operation.parameters,
    requestBody: operation.requestBody,
    responses: operation.responses,
  };
  const answers = Object.entries(operation.responses ?? {}).map(
    ([status, { description }]) => `${status} ${description ?? ''}`,
  );
  return `<h2><b>${method}</b> <code>${escapeHtml(path)}</code></h2>
<p>${escapeHtml(operation.summary ?? '')}. ${escapeHtml(operation.description ?? '')}</p>
<p>${escapeHtml(answers.join(' · '))}</p>
<details><summary>Schemas</summary><pre>${escapeHtml(JSON.stringify(details, null, 2))}</pre></details>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);
}
