import { html } from './html.ts';

/** The look of the registry page, in light and dark. Text on its ground has a contrast of at least 4.5 : 1. */
export const STYLE = html`<style>
:root {
  --ground: #fff; --text: #1f2933; --faint: #52606d; --line: #d9e2ec; --own: #f0f4f8; --link: #0b5fb0;
  --up: #0b6e4f; --suspect: #8a4b00; --draining: #1d4ed8; --gone: #52606d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #15191e; --text: #e4e7eb; --faint: #9aa5b1; --line: #323f4b; --own: #1f2730; --link: #7cc4fa;
    --up: #57d9a3; --suspect: #ffb454; --draining: #93b4ff; --gone: #9aa5b1;
  }
}
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; padding: 0 1rem; max-width: 90rem;
  color: var(--text); background: var(--ground) }
h1 { font-size: 1.4rem } a { color: var(--link) } code { font: 14px ui-monospace, monospace }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line) }
th { color: var(--faint); font-weight: 600; white-space: nowrap } td { max-width: 24rem; overflow-wrap: break-word }
.number { font-variant-numeric: tabular-nums; white-space: nowrap } .own { background: var(--own) }
small { color: var(--faint); display: block } footer { color: var(--faint); margin-top: 1.5rem } bdi { display: block }
.status { border: 1px solid; border-radius: 1em; padding: 0 .6em; white-space: nowrap; font-weight: 600 }
.up { color: var(--up) } .suspect, .away { color: var(--suspect) } .draining { color: var(--draining) } .gone { color: var(--gone) }
</style>`;
