/** The style sheet of the pages, to the byte as it stands in them; its colours are the dashboard's. */
export const devMailStyle = `
:root { color-scheme: light dark; --ground: light-dark(#f8f8f6, #121315); --surface: light-dark(#fff, #18191c); --fill: light-dark(#f4f4f2, #232529); --line: light-dark(#e9e8e4, #292b30); --line-input: light-dark(#8f8e87, #6d7079); --text: light-dark(#1c1c1a, #ededee); --soft: light-dark(#5d5c57, #a5a7ae); --accent: light-dark(#3b4fd1, #a3b0ff); --accent-fill: light-dark(#3b4fd1, #5266ea); --accent-soft: light-dark(#eef0fd, #25294a); --row: light-dark(#f3f4fd, #1f2233); --danger: light-dark(#b3261e, #ff9a90); --danger-soft: light-dark(#fdeeec, #3a2220); --good: light-dark(#187442, #6fd39c); --good-soft: light-dark(#e8f5ed, #1b3226); --warm: light-dark(#a64b00, #f2ae63); --warm-soft: light-dark(#fdf1e4, #38291a); --mono: ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, monospace; }
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 400 14px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; -webkit-font-smoothing: antialiased; }
h1, h2, p, ul, dl, dd, pre, fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
ul { list-style: none; }
a { color: var(--accent); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[hidden] { display: none !important; }
main { max-width: 880px; margin: 0 auto; padding: 32px 24px 72px; }
h1 { font-size: 22px; font-weight: 600; line-height: 1.3; letter-spacing: -0.012em; overflow-wrap: anywhere; }
h2 { font-size: 13px; font-weight: 600; color: var(--soft); }
.soft { color: var(--soft); }
.head { display: flex; flex-wrap: wrap; align-items: flex-start; justify-content: space-between; gap: 12px 24px; margin-bottom: 20px; }
.head > div:first-child { flex: 1 1 320px; min-width: 0; }
.head p { margin-top: 4px; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.button { display: inline-flex; align-items: center; justify-content: center; gap: 8px; min-height: 36px; padding: 0 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); color: var(--text); font: inherit; font-weight: 500; text-decoration: none; white-space: nowrap; cursor: pointer; transition: background-color 120ms; }
.button:hover { background: var(--fill); }
.button.primary { border-color: transparent; background: var(--accent-fill); color: #fff; }
.button.primary:hover { filter: brightness(0.93); }
.button.danger { border-color: transparent; background: var(--danger-soft); color: var(--danger); }
.button.small { min-height: 28px; padding: 0 10px; font-size: 13px; }
.button[aria-disabled] { opacity: 0.55; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; margin-bottom: 14px; }
.chips a { display: block; max-width: 100%; padding: 3px 11px; border: 1px solid var(--line); border-radius: 99px; background: var(--surface); color: var(--soft); font-size: 13px; text-decoration: none; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.chips a:hover { color: var(--text); background: var(--fill); }
.chips a[aria-current] { border-color: transparent; background: var(--accent-soft); color: var(--accent); font-weight: 500; }
.card { border: 1px solid var(--line); border-radius: 12px; background: var(--surface); overflow: hidden; }
.card + .card, .card + h2, nav + .card { margin-top: 16px; }
.mails > li + li { border-top: 1px solid var(--line); }
.mails a { display: grid; grid-template-columns: 20px minmax(0, 1fr) auto; gap: 1px 12px; padding: 12px 18px; color: inherit; text-decoration: none; }
.mails a:hover { background: var(--row); }
.mails a:focus-visible { outline-offset: -2px; border-radius: 10px; }
.mails svg { grid-row: 1 / span 2; margin-top: 2px; color: var(--soft); }
.mails svg.in { color: var(--good); }
.mails .who { display: flex; gap: 8px; min-width: 0; font-weight: 500; }
.mails .who bdi, .mails .begin { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mails .begin { grid-column: 2 / -1; color: var(--soft); }
.mails .begin b { color: var(--text); font-weight: 500; }
.mails ul a { padding-top: 7px; padding-bottom: 7px; }
.mails ul { margin: -4px 0 8px 27px; border-left: 2px solid var(--line); }
.mails ul a { border-radius: 0 8px 8px 0; margin-right: 8px; padding-right: 10px; }
.mails > ul { margin: 6px 0; border: 0; }
.mails > ul a { margin: 0; padding: 7px 18px; border-radius: 0; }
time { color: var(--soft); font-size: 13px; white-space: nowrap; font-variant-numeric: tabular-nums; }
.badge { flex: none; padding: 0 8px; border-radius: 99px; background: var(--fill); color: var(--soft); font-size: 12px; font-weight: 500; line-height: 20px; }
.taken { background: var(--good-soft); color: var(--good); }
.held { background: var(--warm-soft); color: var(--warm); }
.failed { background: var(--danger-soft); color: var(--danger); }
.empty { padding: 56px 24px; text-align: center; }
.empty svg { color: var(--soft); margin-bottom: 10px; }
.empty h2 { font-size: 16px; color: var(--text); }
.empty p { max-width: 46ch; margin: 6px auto 0; color: var(--soft); }
.actions > :empty { display: none; }
.empty .actions { justify-content: center; margin-top: 18px; }
.fate { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: center; justify-content: space-between; padding: 14px 18px; border-color: transparent; }
.fate p { font-weight: 600; }
.fate p + p { font-weight: 400; }
.fate.received, .fate.ignored, .fate.dismissed { background: var(--fill); }
.back { display: inline-block; margin-bottom: 16px; font-size: 13px; text-decoration: none; }
.back:hover { text-decoration: underline; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 6px 20px; }
dl.pad { padding: 16px 20px; }
.brief { margin: 10px 0 18px; }
dt { color: var(--soft); }
dd { overflow-wrap: anywhere; }
.bar { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; padding: 8px 10px 8px 8px; border-bottom: 1px solid var(--line); min-height: 52px; }
.tabs, .switch { display: flex; flex-wrap: wrap; gap: 2px; }
.tabs a, .switch a { padding: 5px 11px; border-radius: 7px; color: var(--soft); text-decoration: none; font-weight: 500; }
.tabs a:hover, .switch a:hover { color: var(--text); background: var(--fill); }
.tabs a[aria-current] { background: var(--accent-soft); color: var(--accent); }
.switches { display: flex; flex-wrap: wrap; gap: 6px; }
.switch { padding: 2px; border-radius: 9px; background: var(--fill); }
.switch a { padding: 2px 10px; font-size: 13px; }
.switch a[aria-current] { background: var(--surface); color: var(--text); box-shadow: 0 0 0 1px var(--line); }
.stage { background: var(--fill); }
iframe { display: block; width: 100%; height: 640px; margin: 0 auto; border: 0; background: light-dark(#fff, #0f1216); }
.narrow iframe { width: 390px; max-width: 100%; border: solid var(--line); border-width: 0 1px; }
.light iframe { background: #fff; color-scheme: light; }
.dark iframe { background: #0f1216; color-scheme: dark; }
pre { padding: 16px 20px; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.6 var(--mono); tab-size: 4; }
.limit { padding: 12px 20px; border-top: 1px solid var(--line); color: var(--soft); }
.files li { display: flex; flex-wrap: wrap; gap: 2px 16px; justify-content: space-between; padding: 12px 20px; overflow-wrap: anywhere; }
.files li + li { border-top: 1px solid var(--line); }
.thread { margin: 24px 0 10px; }
form.card { padding: 20px; display: grid; gap: 18px; }
label, legend { display: block; margin-bottom: 5px; padding: 0; font-weight: 500; }
.field { display: grid; gap: 0; min-width: 0; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 18px; }
.hint { margin-top: 5px; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
input:not([type='radio']), textarea, select { width: 100%; min-height: 38px; padding: 7px 11px; border: 1px solid var(--line-input); border-radius: 8px; background: var(--surface); color: inherit; font: inherit; }
textarea { min-height: 168px; resize: vertical; }
input[type='file'] { padding: 5px; color: var(--soft); }
input::file-selector-button { margin-right: 12px; padding: 3px 12px; border: 0; border-radius: 6px; background: var(--fill); color: var(--text); font: inherit; }
.choice { display: flex; gap: 10px; align-items: baseline; margin: 0; padding: 4px 0; font-weight: 400; overflow-wrap: anywhere; }
.choice input { accent-color: var(--accent-fill); }
.choice + .field { margin: 6px 0 0 24px; }
.wrong { padding: 10px 14px; border-radius: 8px; background: var(--danger-soft); color: var(--danger); }
details { position: relative; }
summary { list-style: none; }
summary::-webkit-details-marker { display: none; }
.sure { position: absolute; z-index: 1; right: 0; top: 42px; width: 250px; padding: 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface); box-shadow: 0 8px 28px rgb(0 0 0 / 16%); }
.sure .button { width: 100%; margin-top: 10px; }
@media (max-width: 560px) { main { padding: 20px 14px 48px; } .mails a { padding-left: 14px; padding-right: 14px; } .mails li ul { margin-left: 23px; } dl.pad { grid-template-columns: 1fr; gap: 0; } dl.pad dd { margin-bottom: 10px; } .pair { grid-template-columns: 1fr; } form.card { padding: 16px; } .head .actions { width: 100%; } .sure { right: auto; left: 0; } iframe { height: 560px; } }
@media (prefers-reduced-motion: reduce) { .button { transition: none; } }
`
