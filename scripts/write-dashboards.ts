/** Writes `grafana/dashboards` from `scripts/dashboards`. A test fails where the two are not the same. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DASHBOARDS } from './dashboards/dashboards.ts';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'grafana/dashboards');
mkdirSync(folder, { recursive: true });
for (const [file, model] of Object.entries(DASHBOARDS)) writeFileSync(join(folder, file), JSON.stringify(model));
execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', folder], { stdio: 'inherit' });
