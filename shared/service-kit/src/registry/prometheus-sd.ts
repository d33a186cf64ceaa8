import type { ServiceInstance } from '@wordcloud/discovery';
import { authorityOf, instanceAddress } from './instance-address.ts';

/** Targets with their labels, as Prometheus's HTTP service discovery wants them: https://prometheus.io/docs/prometheus/latest/http_sd/ */
export interface TargetGroup {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * The metrics page of each instance as a scrape target, one group for each. Also those that do not answer or are about to end: that they
 * cannot be scraped is what alerts are about.
 *
 * Labels that last: `service`, `instance_id`, and `zone` where there is one. Labels for relabelling only, as they may change while the
 * instance lives: `__meta_discovery_status`, `_mode`, `_weight`, `_version`, and `_data_<key>`. Metrics of the services have a label `service`
 * of their own, so the scrape job wants `honor_labels: true`; else theirs is renamed `exported_service`.
 *
 * An instance whose base URL cannot be read is left out.
 */
export function prometheusTargets(instances: readonly ServiceInstance[]): TargetGroup[] {
  return instances.flatMap((instance) => {
    const { id, service, baseUrl, status, mode, weight, version, zone, data } = instance;
    const address = instanceAddress(baseUrl);
    if (address === undefined) return [];
    const dataLabels = Object.entries(data).map(([key, value]) => [`__meta_discovery_data_${labelName(key)}`, value]);
    const labels = {
      __scheme__: address.scheme,
      __metrics_path__: `${address.rootPath}/go-doudou/prometheus`,
      service,
      instance_id: id,
      ...(zone && { zone }),
      __meta_discovery_status: status,
      __meta_discovery_mode: mode,
      __meta_discovery_weight: String(weight),
      __meta_discovery_version: version,
      ...Object.fromEntries(dataLabels),
    };
    return [{ targets: [authorityOf(address)], labels }];
  });
}

/** One name that is not allowed would make Prometheus refuse the whole answer, with the targets of everybody. */
function labelName(key: string): string {
  return key.replace(/[^a-zA-Z0-9_]/g, '_');
}
