/** All dashboards, by the names of their files in `grafana/dashboards`. */
import { overview } from './overview.ts';
import { resilience } from './resilience.ts';
import { service } from './service.ts';
import { tasks } from './tasks.ts';

export const DASHBOARDS = {
  'overview.json': overview,
  'service.json': service,
  'tasks.json': tasks,
  'resilience.json': resilience,
};
