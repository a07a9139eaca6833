/** Colours, the panel's place and shape, and the open launcher. */
export const panelCss = `
.app {
  --accent: var(--helpdesk-accent, var(--h-accent));
  --on-accent: var(--helpdesk-on-accent, var(--h-on-accent));
  --surface: var(--helpdesk-surface, #fff);
  --raised: var(--helpdesk-raised, #f3f4f6);
  --line: var(--helpdesk-line, #e3e5e9);
  --edge: #8a909c;
  --ink: var(--helpdesk-ink, #15171c);
  --quiet: var(--helpdesk-quiet, #5a606c);
  --bad: #b42318;
  --radius: var(--helpdesk-radius, 16px);
  --offset: var(--h-offset, 20px);
  font: 400 .9375em / 1.5 var(--helpdesk-font, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif);
  color: var(--ink);
  color-scheme: light;
  text-align: start;
  -webkit-text-size-adjust: 100%;
  -webkit-font-smoothing: antialiased;
}
.app.dark {
  --surface: var(--helpdesk-surface, #17191d);
  --raised: var(--helpdesk-raised, #24272d);
  --line: var(--helpdesk-line, #31353d);
  --edge: #767d8a;
  --ink: var(--helpdesk-ink, #edeff2);
  --quiet: var(--helpdesk-quiet, #a7adb9);
  --bad: #ffa79d;
  color-scheme: dark;
}
.app *, .app ::before, .app ::after {
  box-sizing: border-box;
}
.app :is(h2, h3, p) {
  margin: 0;
  font-size: inherit;
  font-weight: inherit;
}
.panel {
  display: flex;
  flex-direction: column;
  overflow: hidden;
  background: var(--surface);
  overflow-wrap: anywhere;
  outline: 0;
}
.inline .app {
  block-size: 100%;
}
.inline .panel {
  block-size: 100%;
  min-block-size: 480px;
  border: 1px solid var(--line);
  border-radius: var(--radius);
}
.floating .panel {
  position: fixed;
  z-index: var(--helpdesk-z-index, 2147483000);
  inset-block-end: calc(var(--offset) + 72px);
  inset-inline-end: var(--offset);
  inline-size: 392px;
  max-inline-size: calc(100vw - 2 * var(--offset));
  block-size: 656px;
  max-block-size: calc(100vh - var(--offset) - 88px);
  border-radius: var(--radius);
  box-shadow: 0 0 0 1px rgb(0 0 0 / .06), 0 4px 12px rgb(0 0 0 / .06), 0 16px 56px rgb(0 0 0 / .18);
  visibility: hidden;
  opacity: 0;
  transform: translateY(8px);
  transition: opacity .15s, transform .15s, visibility 0s .15s;
}
.floating .left .panel {
  inset-inline: var(--offset) auto;
}
.floating .panel.open {
  visibility: visible;
  opacity: 1;
  transform: none;
  transition: opacity .15s, transform .15s;
}
.floating .dark .panel {
  box-shadow: 0 0 0 1px rgb(255 255 255 / .1), 0 16px 56px rgb(0 0 0 / .5);
}
@media (max-width: 480px), (max-height: 480px) {
  .floating .panel, .floating .left .panel {
    inset: var(--top, 0) 0 auto;
    inline-size: 100%;
    max-inline-size: none;
    block-size: var(--height, 100vh);
    block-size: var(--height, 100dvh);
    max-block-size: none;
    border-radius: 0;
    padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
  }
}
.launcher::before {
  transition: clip-path .15s, border-radius .15s;
  clip-path: polygon(0 0, 50% 0, 100% 0, 100% 100%, 50% 100%, 0 100%);
}
.launcher[aria-expanded=true]::before {
  border-radius: 0;
  clip-path: polygon(8% 28%, 50% 66%, 92% 28%, 100% 37%, 50% 82%, 0 37%);
}
.spoken {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
}
@media (prefers-reduced-motion: reduce) {
  .app *, .launcher::before {
    transition: none !important;
    animation: none !important;
  }
}
@media (forced-colors: active) {
  .panel, .message .text {
    border: 1px solid;
  }
}
@media print {
  .floating {
    display: none;
  }
}
`
