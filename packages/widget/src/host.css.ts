/** The widget's own island: nothing is inherited from the page, and no rule of the page can undo that. */
export const hostCss = `
:host {
  all: initial !important;
  display: contents !important;
}
.launcher {
  position: fixed;
  z-index: var(--helpdesk-z-index,2147483000);
  align-items: center;
  gap: 8px;
  height: 56px;
  padding: 0 16px;
  border: 0;
  border-radius: 28px;
  font: 600 1em var(--helpdesk-font,system-ui,sans-serif);
  box-shadow: 0 4px 24px rgb(0 0 0 / .2);
  cursor: pointer;
}
.launcher[aria-busy=true] {
  opacity: .7;
}
.launcher:focus-visible {
  outline: 3px solid #fff;
  box-shadow: 0 0 0 6px #111;
}
.launcher::before {
  content: "";
  width: 24px;
  height: 22px;
  background: currentColor;
  border-radius: 10px 10px 10px 2px;
}
.launcher:not([data-badge=""])::after {
  content: attr(data-badge);
  position: absolute;
  top: -4px;
  right: -4px;
  padding: 0 7px;
  border-radius: 11px;
  background: #111;
  box-shadow: 0 0 0 2px #fff;
  color: #fff;
  font-size: 12px;
  line-height: 22px;
}
`
