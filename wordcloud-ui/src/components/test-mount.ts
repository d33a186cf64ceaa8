/** For tests: a component as it stands on the page, in English. */
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { onTestFinished } from 'vitest';
import type { Component } from 'vue';
import { createI18n } from 'vue-i18n';
import { createMemoryHistory, createRouter } from 'vue-router';
import en from '@/i18n/en/index.ts';

const date = { year: 'numeric', month: 'short', day: 'numeric' } as const;
const datetimeFormats = { en: { short: date, long: date, time: date } };
const numberFormats = { en: { decimal: { maximumFractionDigits: 1 }, percent: { style: 'percent' } } } as const;

/**
 * Mounts it, until the end of the test, and waits until it has settled.
 *
 * @param props also listeners, as `onRemove`
 * @param path where the page is
 */
export async function mountOnPage(component: Component, props: Record<string, unknown> = {}, path = '/') {
  const pinia = createPinia();
  setActivePinia(pinia);
  const i18n = createI18n({ legacy: false, locale: 'en', messages: { en }, datetimeFormats, numberFormats });
  const routes = ['/', '/clouds', '/clouds/:id'].map((at) => ({ path: at, component: { render: () => null } }));
  const router = createRouter({ history: createMemoryHistory(), routes });
  await router.push(path);
  const wrapper = mount(component, { props, attachTo: document.body, global: { plugins: [pinia, i18n, router] } });
  onTestFinished(() => wrapper.unmount());
  await flushPromises();
  const buttons = () => wrapper.findAll('button');
  return {
    wrapper,
    /** The button of this name, by what is read out. @throws Error when there is none */
    button(name: string) {
      const found = buttons().find(({ element }) => nameOf(element) === name);
      if (!found)
        throw new Error(`There is no button “${name}”, but ${buttons().map(({ element }) => nameOf(element))}.`);
      return found;
    },
    text: () => wrapper.text().replace(/\s+/g, ' '),
  };
}

function nameOf(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const silent of copy.querySelectorAll('[aria-hidden=true]')) silent.remove();
  return (element.getAttribute('aria-label') ?? copy.textContent ?? '').trim();
}
