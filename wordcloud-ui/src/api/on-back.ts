/** What failed while the service was away is tried again as soon as it is back, without a click. */
import { watch } from 'vue';
import { useReach } from './reach.ts';

/** Must be called within a component or an effect scope, with which it ends. */
export function onBack(run: () => void): void {
  watch(useReach().isAway, (isAway) => !isAway && run());
}
