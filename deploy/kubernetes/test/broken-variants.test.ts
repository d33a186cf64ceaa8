import { describe, expect, it } from 'vitest';
import { checkAll } from './checks.ts';
import { type KubeObject, nameOf } from './kube-objects.ts';
import { overlays } from './overlays.ts';

const { objects } = overlays[0]!;

/** By object: what is broken in it, the text that is replaced, by what, and what is said of it. */
const BREAKAGES: Record<string, [what: string, from: string, to: string, said: string][]> = {
  'Deployment wordcloud-seg': [
    ['a map is missing', '{"name":"wordcloud-seg"}}]', '{"name":"away"}}]', 'ConfigMap away is missing'],
    [
      'a service account',
      '"serviceAccountName":"wordcloud"',
      '"serviceAccountName":"away"',
      'ServiceAccount away is missing',
    ],
    ['a volume', '"volumeMounts":[{"name":"tmp"', '"volumeMounts":[{"name":"away"', 'volume away is missing'],
    ["a probe's port", '"/readyz","port":"http"', '"/readyz","port":"away"', 'port away is missing'],
    [
      'a selector of pods',
      '"matchLabels":{"app.kubernetes.io/name":"wordcloud-seg"}',
      '"matchLabels":{"app.kubernetes.io/name":"away"}',
      'does not mean its own pods',
    ],
    [
      'replicas that an autoscaler sets',
      '"revisionHistoryLimit":5',
      '"replicas":1',
      'each apply would set the replicas',
    ],
  ],
  'Deployment wordcloud-bff': [
    [
      'a secret is missing',
      '"name":"wordcloud-secrets","key":"redis-url"',
      '"name":"away","key":"redis-url"',
      'Secret away is missing',
    ],
    ['a key of a secret', '"key":"redis-url"', '"key":"away"', 'Secret wordcloud-secrets has no key away'],
  ],
  'StatefulSet mysql': [
    ['a claim', '"metadata":{"name":"data"}', '"metadata":{"name":"away"}', 'volume data is missing'],
    ['a map in a volume', 'mysql-schemas', 'away', 'ConfigMap away is missing'],
    [
      'a service of a StatefulSet',
      '"serviceName":"mysql"',
      '"serviceName":"valkey"',
      'Service valkey is missing or means other pods',
    ],
  ],
  'Service wordcloud-bff': [
    [
      'a selector of a service',
      '"app.kubernetes.io/name":"wordcloud-bff"}',
      '"app.kubernetes.io/name":"away"}',
      'its selector means no pods',
    ],
    ['a target port', '"targetPort":"http"', '"targetPort":"away"', 'has no port away'],
  ],
  'Service mysql': [['a port of a headless service', '"port":3306', '"port":3307', 'port 3307 is 3306 at the pods']],
  'PodDisruptionBudget wordcloud-seg': [
    [
      'a disruption budget',
      '"app.kubernetes.io/name":"wordcloud-seg"}}',
      '"app.kubernetes.io/part-of":"wordcloud"}}',
      'means 6 workloads',
    ],
  ],
  'HorizontalPodAutoscaler wordcloud-seg': [
    [
      'a target of an autoscaler',
      '"kind":"Deployment","name":"wordcloud-seg"',
      '"kind":"Deployment","name":"away"',
      'Deployment away is missing',
    ],
  ],
  'NetworkPolicy valkey': [
    [
      'a policy for nobody',
      '"app.kubernetes.io/name":"valkey"',
      '"app.kubernetes.io/name":"away"',
      'its podSelector means no pods',
    ],
    [
      'a peer that is not there',
      '"app.kubernetes.io/name":"wordcloud-bff"',
      '"app.kubernetes.io/name":"away"',
      'a peer means no pods',
    ],
    ['a port of a policy', '"port":6379', '"port":6380', 'StatefulSet valkey has no port 6380 TCP'],
    ['a side of a policy', '["Ingress"]', '["Egress"]', 'its policyTypes lack Ingress'],
  ],
  'NetworkPolicy default-deny': [
    [
      'nothing denied',
      '"podSelector":{}',
      '"podSelector":{"matchLabels":{"app.kubernetes.io/part-of":"wordcloud"}}',
      'no NetworkPolicy denies',
    ],
  ],
  'NetworkPolicy to-valkey': [
    [
      'a call that is not allowed',
      '"port":6379',
      '"port":9000',
      'REDIS_URL: the network policies keep it from StatefulSet valkey',
    ],
  ],
  'ConfigMap wordcloud-object-store': [
    ['a host in a map', '//object-store', '//away', 'S3_ENDPOINT: Service away is missing'],
  ],
  'ConfigMap wordcloud-ui': [
    ['a port in a map', 'wordcloud-bff:6060', 'wordcloud-bff:6061', 'BFFSVC: Service wordcloud-bff has no port 6061'],
    ['an impatient kill', '"120s"', '"140s"', 'it is killed after 150 s, but may need 160'],
  ],
  'ConfigMap wordcloud-seg': [
    ['a key in two maps', '"SEG_WORKERS"', '"GDD_PORT"', 'two of its ConfigMaps have GDD_PORT'],
  ],
  'Deployment wordcloud-ui': [
    ['an image without tag', 'wordcloud-ui:0.1.0', 'wordcloud-ui', 'is not pinned'],
    ['an image that moves', 'wordcloud-ui:0.1.0', 'wordcloud-ui:latest', 'is not pinned'],
    ['root', '"runAsNonRoot":true', '"runAsNonRoot":false', 'it may run as root'],
    ['a writable root', '"readOnlyRootFilesystem":true', '"x":1', 'its root file system can be written'],
    ['capabilities', '"drop":["ALL"]', '"drop":[]', 'it keeps capabilities'],
    ['a token', '"automountServiceAccountToken":false', '"x":1', 'it has a token'],
    ['a probe', '"startupProbe"', '"x"', 'a probe is missing'],
    ['an update that takes first', '"maxUnavailable":0', '"maxUnavailable":1', 'an update takes an instance away'],
  ],
};

describe.each(Object.keys(BREAKAGES))('%s', (name) => {
  it.each(BREAKAGES[name]!)('%s – is found', (_what, from, to, said) => {
    const whole = JSON.stringify(objects.find((object) => nameOf(object) === name));
    expect(whole).toContain(from);
    const broken = JSON.parse(whole.replace(from, to)) as KubeObject;
    const problems = checkAll(objects.map((object) => (nameOf(object) === name ? broken : object)));
    expect(problems.join('\n')).toContain(said);
  });
});
