/** Buttons, fields, notices and the header: what every screen is made of. */
export const controlsCss = `
.app :is(button, input, textarea) {
  margin: 0;
  border: 0;
  padding: 0;
  border-radius: 0;
  background: none;
  color: inherit;
  font: inherit;
  text-align: inherit;
  appearance: none;
}
.app button {
  cursor: pointer;
  -webkit-tap-highlight-color: transparent;
}
.app button[aria-disabled=true] {
  cursor: default;
}
.app :focus-visible {
  outline: 2px solid var(--ink);
  outline-offset: 2px;
}
.app .panel:focus-visible {
  outline: 0;
}
.icon {
  flex: none;
  inline-size: 24px;
  block-size: 24px;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.75;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.round {
  display: grid;
  flex: none;
  place-items: center;
  inline-size: 44px;
  block-size: 44px;
  border-radius: 22px !important;
  color: var(--quiet) !important;
  transition: background .15s, color .15s;
}
.round:hover {
  background: var(--raised) !important;
  color: var(--ink) !important;
}
.head {
  display: flex;
  flex: none;
  align-items: center;
  gap: 4px;
  min-block-size: 64px;
  padding: 8px;
  border-block-end: 1px solid var(--line);
}
.head-text {
  flex: 1;
  min-inline-size: 0;
}
.app h2 {
  font-weight: 600;
}
.head h2, .head p {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.head p, .hint, .aside, .foot, .status, .author, .day, .typing, .row time {
  color: var(--quiet);
  font-size: .867em;
}
.scroll {
  flex: 1;
  min-block-size: 0;
  overflow-y: auto;
  overscroll-behavior: contain;
}
.pad {
  padding: 24px;
}
.primary, .quiet {
  min-block-size: 48px;
  padding-inline: 24px !important;
  border-radius: 24px !important;
  font-weight: 600 !important;
  text-align: center !important;
  transition: filter .15s, background .15s;
}
.primary {
  background: var(--accent) !important;
  color: var(--on-accent) !important;
}
.primary:hover {
  filter: brightness(1.06);
}
.primary[aria-disabled=true] {
  opacity: .7;
}
.quiet {
  min-block-size: 44px;
  background: var(--raised) !important;
}
.quiet:hover {
  background: var(--line) !important;
}
.link {
  min-block-size: 24px;
  padding-inline: 4px !important;
  font-weight: 600 !important;
  text-decoration: underline;
  text-underline-offset: 2px;
}
.form {
  display: grid;
  gap: 20px;
}
.field {
  display: grid;
  gap: 6px;
}
.field label {
  font-weight: 500;
}
.app :is(input, .grow) {
  inline-size: 100%;
  min-block-size: 48px;
  border: 1px solid var(--edge);
  border-radius: 12px;
  background: var(--surface);
  transition: border-color .15s;
}
.app :is(input, textarea), .grow::after {
  padding: 11px 14px;
  font-size: 1.067em;
  line-height: 1.45;
}
.app :is(input, .grow):hover {
  border-color: var(--ink);
}
.app input:focus, .grow:focus-within {
  border-color: var(--ink) !important;
  outline: 1px solid var(--ink);
  outline-offset: 0;
}
.app [aria-invalid=true]:not(textarea), .grow:has([aria-invalid=true]) {
  border-color: var(--bad);
}
.grow {
  display: grid;
}
.grow > textarea, .grow::after {
  grid-area: 1 / 1;
  min-inline-size: 0;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.grow::after {
  content: attr(data-text) " ";
  max-block-size: 12em;
  overflow: hidden;
  visibility: hidden;
}
.grow > textarea {
  block-size: 100%;
  resize: none;
  outline: 0 !important;
  overflow-y: auto;
}
.field .grow {
  min-block-size: 120px;
}
.app ::placeholder {
  color: var(--quiet);
  opacity: 1;
}
.bad {
  display: flex;
  align-items: flex-start;
  gap: 6px;
  color: var(--bad) !important;
  font-size: .867em !important;
}
.bad .icon {
  inline-size: 18px;
  block-size: 18px;
  margin-block-start: 1px;
}
.notice {
  flex: none;
  padding: 16px 20px;
  border-radius: 12px;
  background: var(--raised);
}
.panel > .notice {
  margin: 16px !important;
}
.strip {
  flex: none;
  padding: 8px 24px;
  background: var(--ink);
  color: var(--surface);
  font-size: .867em !important;
  text-align: center;
}
.strip:empty {
  display: none;
}
.failure {
  display: grid;
  justify-items: center;
  gap: 12px;
  padding: 32px 24px;
  color: var(--quiet);
  text-align: center;
}
.failure button {
  color: var(--ink) !important;
}
.loading {
  display: grid;
  gap: 12px;
  padding-block: 8px;
}
.loading i {
  block-size: 64px;
  border-radius: 12px;
  background: var(--raised);
  animation: breathe 1s infinite alternate ease-in-out;
}
.loading i:nth-child(2) {
  animation-delay: .2s;
}
.loading i:nth-child(3) {
  animation-delay: .4s;
}
@keyframes breathe {
  to {
    opacity: .4;
  }
}
`
