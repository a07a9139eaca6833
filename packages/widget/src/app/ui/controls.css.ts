/** Buttons, fields, notices and the header: what every screen is made of. */
export const controlsCss = `
button {
  cursor: pointer;
  -webkit-tap-highlight-color: transparent;
}
[aria-disabled=true] {
  cursor: default;
  opacity: .5;
}
:focus-visible {
  outline: 2px solid var(--ink);
  outline-offset: 2px;
}
.panel:focus-visible {
  outline: 0;
}
.icon {
  flex: none;
  width: 24px;
  height: 24px;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.75;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.head {
  display: flex;
  flex: none;
  align-items: center;
  gap: 4px;
  min-height: 64px;
  padding: 8px;
  border-bottom: 1px solid var(--line);
}
.head-text {
  flex: 1;
  min-width: 0;
}
.head-text:first-child {
  padding-inline-start: 16px;
}
h2, b {
  font-weight: 600;
}
.head h2, .head p, .row-text {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.head p, .hint, .bad, .aside, .foot, .status, .author, .day, .typing, .list h3, .row time, .strip {
  color: var(--quiet);
  font-size: .867em;
}
.round {
  display: grid;
  flex: none;
  place-items: center;
  width: 44px;
  height: 44px;
  border-radius: 22px;
  color: var(--quiet);
  transition: .15s;
}
.round:hover {
  background: var(--raised);
  color: var(--ink);
}
.scroll {
  flex: 1;
  min-height: 0;
  overflow-y: auto;
  overscroll-behavior: contain;
}
.pad {
  padding: 20px 24px 24px;
}
.primary, .quiet {
  min-height: 48px;
  padding-inline: 24px;
  border-radius: 24px;
  font-weight: 600;
  text-align: center;
  transition: .15s;
}
.quiet {
  background: var(--raised);
  color: var(--ink);
}
.quiet:hover {
  background: var(--line);
}
.primary, .write, .own .text, .count, .send {
  background: var(--accent);
  color: var(--on-accent);
}
.primary:hover, .write:hover {
  filter: brightness(1.06);
}
.notice, .welcome {
  flex: none;
  padding: 14px 18px;
  border-radius: 16px;
  background: var(--raised);
}
.panel > .notice {
  margin: 0 16px 16px;
}
.strip {
  flex: none;
  padding: 8px 24px;
  background: var(--raised);
  text-align: center;
}
.strip:empty {
  padding: 0;
}
.failure {
  display: grid;
  justify-items: center;
  gap: 12px;
  padding: 32px 24px;
  color: var(--quiet);
  text-align: center;
}
.loading {
  display: grid;
  gap: 12px;
}
.loading i {
  height: 64px;
  border-radius: 12px;
  background: var(--raised);
  animation: breathe 1s infinite alternate;
}
@keyframes breathe {
  to {
    opacity: .4;
  }
}
`
