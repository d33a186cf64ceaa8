/** The registry for people: a page that needs no script and nothing from elsewhere, and loads itself again. */
import { durationText } from './duration-text.ts';
import { type Html, html } from './html.ts';
import { instanceAddress } from './instance-address.ts';
import type { RegistryRow } from './registry-rows.ts';
import { STYLE } from './registry-style.ts';

/** Nothing that another service says of itself can run or load anything here, even if it got past escaping. */
export const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const REFRESH_SECONDS = 5;

export interface RegistryPageInput {
  /** The service whose page it is. */
  service: string;
  /** Id of this process's own instance, if it is in a registry. */
  selfId?: string;
  rows: readonly RegistryRow[];
  /** Registries that do not answer now. */
  away: readonly string[];
  /** Milliseconds since 1970. */
  now: number;
}

/** @returns the whole document; every value is escaped */
export function registryPage({ service, selfId, rows, away, now }: RegistryPageInput): string {
  const present = rows.filter(({ status }) => status !== 'gone').length;
  const title = `${service} sees ${present} ${present === 1 ? 'instance' : 'instances'}`;
  const time = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<title>${title}</title>
${STYLE}</head><body>
<h1>${title}</h1>
<p>${statusCounts(rows)}</p>
${away.map((mode) => html`<p class="away">The registry ${mode} is away. What it said last is shown.</p>`)}
${rows.length === 0 ? EMPTY : table(rows, selfId, now)}
<footer>As of ${time}, loaded again every ${REFRESH_SECONDS} s. An instance that went away is shown for 10 minutes.
The same as JSON: ask with <code>Accept: application/json</code>.</footer>
</body></html>
`.markup;
}

const EMPTY = html`<p>No instance of any service is known: none has registered yet, and no setting names one.</p>`;

function statusCounts(rows: readonly RegistryRow[]): Html[] {
  const counts = Map.groupBy(rows, ({ status }) => status);
  return (['up', 'suspect', 'draining', 'gone'] as const)
    .filter((status) => counts.has(status))
    .map((status) => html`<span class="status ${status}">${counts.get(status)!.length} ${status}</span> `);
}

const COLUMNS = [
  'Service',
  'Instance',
  'Status',
  'Since',
  'Base URL',
  'Weight',
  'Version',
  'Zone',
  'Uptime',
  'Registry',
  'Data',
];

function table(rows: readonly RegistryRow[], selfId: string | undefined, now: number): Html {
  return html`<div class="scroll"><table>
<thead><tr>${COLUMNS.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => tableRow(row, row.id === selfId, now))}</tbody>
</table></div>`;
}

function tableRow(row: RegistryRow, isSelf: boolean, now: number): Html {
  const { service, id, status, baseUrl, weight, version, zone, uptimeSeconds, mode, data } = row;
  return html`<tr${isSelf ? OWN : ''}><td>${service}</td>
<td>${id}${isSelf ? html` <small>this one</small>` : ''}</td>
<td><span class="status ${status}">${status}</span></td>
<td>${since(row, now)}</td>
<td>${link(baseUrl)}</td>
<td class="number">${weight}</td>
<td>${version}</td>
<td>${zone}</td>
<td class="number">${uptimeSeconds === null ? '' : durationText(uptimeSeconds)}</td>
<td>${mode}</td>
<td>${Object.entries(data).map(([key, value]) => html`<bdi>${key}: ${value}</bdi> `)}</td></tr>
`;
}

const OWN = html` class="own"`;

/** How long it has been so, and what was before, the latest first. */
function since({ since, changes }: RegistryRow, now: number): Html {
  const earlier = changes
    .slice(0, -1)
    .map(({ status, at }, index) => `${status} for ${span(at, changes[index + 1]!.at)}`)
    .toReversed();
  const before = earlier.length > 0 ? html`<small>before: ${earlier.join(', ')}</small>` : '';
  return html`<time datetime="${since}" title="${since}">${span(since, new Date(now).toISOString())} ago</time>${before}`;
}

/** Two times in ISO 8601; the clock may have been set back between them. */
function span(from: string, to: string): string {
  return durationText(Math.max(0, (Date.parse(to) - Date.parse(from)) / 1_000));
}

/** Leads to the other service's own API page. */
function link(baseUrl: string): Html {
  if (instanceAddress(baseUrl) === undefined) return html`${baseUrl}`;
  return html`<a href="${baseUrl}/go-doudou/doc" rel="noreferrer">${baseUrl}</a>`;
}
