/** Colours, the panel's place and shape, and the open launcher. */
export const panelCss = `
:where(*, ::before, ::after) {
  box-sizing: border-box;
}
:where(h2, h3, p, ul, dl, dd, fieldset, legend, button, input, select, textarea) {
  margin: 0;
  border: 0;
  padding: 0;
  background: none;
  color: inherit;
  font: inherit;
  text-align: inherit;
  appearance: none;
}
.app {
  --accent: var(--helpdesk-accent, var(--h-accent));
  --on-accent: var(--helpdesk-on-accent, var(--h-on-accent));
  --surface: var(--helpdesk-surface, #fff);
  --raised: var(--helpdesk-raised, #f3f4f6);
  --line: var(--helpdesk-line, #e3e5e9);
  --ink: var(--helpdesk-ink, #15171c);
  --quiet: var(--helpdesk-quiet, #5a606c);
  --edge: #878d99;
  --bad: #b42318;
  --radius: var(--helpdesk-radius, 16px);
  font: .9375em/1.5 var(--helpdesk-font, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif);
  color: var(--ink);
  color-scheme: light;
  -webkit-text-size-adjust: 100%;
}
.dark {
  --surface: var(--helpdesk-surface, #17191d);
  --raised: var(--helpdesk-raised, #24272d);
  --line: var(--helpdesk-line, #31353d);
  --ink: var(--helpdesk-ink, #edeff2);
  --quiet: var(--helpdesk-quiet, #a7adb9);
  --edge: #737a87;
  --bad: #ffa79d;
  color-scheme: dark;
}
.inline, .inline .app {
  height: 100%;
}
.panel {
  display: flex;
  flex-direction: column;
  overflow: hidden;
  height: 100%;
  min-height: 480px;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--surface);
  overflow-wrap: anywhere;
}
.floating .panel {
  position: fixed;
  z-index: var(--helpdesk-z-index, 2147483000);
  right: var(--h-right);
  bottom: calc(var(--h-offset) + 72px);
  left: var(--h-left);
  width: 392px;
  max-width: calc(100vw - 2*var(--h-offset));
  height: 680px;
  min-height: 0;
  max-height: calc(100vh - var(--h-offset) - 88px);
  border: 0;
  box-shadow: 0 0 0 1px rgb(0 0 0/.06), 0 4px 12px rgb(0 0 0/.06), 0 16px 56px rgb(0 0 0/.18);
  visibility: hidden;
  opacity: 0;
  transform: translateY(8px);
  transition: opacity .15s, transform .15s, visibility 0s .15s;
}
.floating .dark .panel {
  box-shadow: 0 0 0 1px var(--line), 0 16px 56px rgb(0 0 0/.5);
}
.floating .open {
  visibility: visible !important;
  opacity: 1 !important;
  transform: none !important;
  transition-delay: 0s !important;
}
@media (max-width: 480px), (max-height: 480px) {
  .floating .panel {
    inset: var(--top, 0) 0 auto;
    width: auto;
    max-width: none;
    height: var(--height, 100vh);
    height: var(--height, 100dvh);
    max-height: none;
    border-radius: 0;
    padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
  }
}
.launcher[aria-expanded=true]::before {
  border-radius: 0;
  clip-path: polygon(8% 28%, 50% 66%, 92% 28%, 100% 37%, 50% 82%, 0 37%);
}
.spoken {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
}
@media (prefers-reduced-motion: reduce) {
  *, ::before {
    transition: none !important;
    animation: none !important;
  }
}
@media (forced-colors: active) {
  .panel, .text, .primary, .send, .write {
    border: 1px solid !important;
  }
}
@media print {
  .floating {
    display: none;
  }
}
`
