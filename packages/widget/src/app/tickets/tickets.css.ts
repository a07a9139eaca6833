/** Tickets: the form, the list, and what is not there. */
export const ticketsCss = `
.select {
  position: relative;
}
select {
  width: 100%;
  min-height: 48px;
  padding-block: 11px;
  padding-inline: 14px 40px;
  border: 1px solid var(--edge);
  border-radius: 12px;
  font-size: 1.067em;
  line-height: 1.45;
  text-overflow: ellipsis;
  cursor: pointer;
  transition: .15s;
}
select:focus {
  border-color: var(--ink);
  outline: 3px solid color-mix(in srgb, var(--ink) 16%, transparent);
  outline-offset: 0;
}
select[aria-invalid=true] {
  border-color: var(--bad);
}
option {
  background: var(--surface);
  color: var(--ink);
}
.select .icon {
  position: absolute;
  inset-block: 0;
  inset-inline-end: 12px;
  width: 20px;
  height: 100%;
  color: var(--quiet);
  pointer-events: none;
}
.help {
  padding: 10px 14px;
  border-radius: 12px;
  background: var(--raised);
  font-size: .933em;
  white-space: pre-line;
}
.answers-to {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0 8px;
}
.form > h3 {
  font-size: 1.2em;
  font-weight: 600;
}
.filter {
  display: grid;
  flex: none;
  grid-template-columns: 1fr 1fr;
  gap: 4px;
  margin: 16px 24px 4px;
  padding: 4px;
  border-radius: 26px;
  background: var(--raised);
}
.filter button {
  min-height: 44px;
  padding: 4px 12px;
  border-radius: 22px;
  color: var(--quiet);
  font-weight: 500;
  text-align: center;
  transition: .15s;
}
.filter [aria-pressed=true] {
  background: var(--surface);
  box-shadow: 0 1px 4px rgb(0 0 0/.14);
  color: var(--ink);
  font-weight: 600;
}
.dark .filter [aria-pressed=true] {
  background: var(--line);
}
.tickets {
  padding: 4px 24px 16px;
}
.tickets > .notice {
  margin-block: 12px;
}
.tickets > .quiet {
  width: 100%;
  margin-top: 8px;
}
.ticket-list {
  list-style: none;
}
.ticket-list li + li {
  border-top: 1px solid var(--line);
}
.ticket-list .row {
  width: calc(100% + 24px);
  gap: 4px;
  padding-block: 14px;
}
.ticket-list b {
  font-weight: 500;
}
.ticket-list .is-new {
  font-weight: 700;
}
.state {
  display: flex;
  align-items: center;
  gap: 8px;
  font-size: .867em;
}
.state::before {
  content: "";
  flex: none;
  width: 8px;
  height: 8px;
  border: 2px solid;
  border-radius: 50%;
  color: var(--quiet);
}
.state.in_progress::before, .state.waiting::before {
  background: currentColor;
}
.state.waiting {
  font-weight: 600;
}
.state.waiting::before {
  color: inherit;
}
.state.resolved {
  color: var(--quiet);
}
.state.resolved::before {
  border-color: transparent var(--quiet) var(--quiet) transparent;
  border-radius: 0;
  border-width: 0 2px 2px 0;
  width: 5px;
  height: 10px;
  margin: -3px 2px 0 1px;
  transform: rotate(45deg);
}
.bar {
  flex: none;
  padding: 12px 24px 16px;
  border-top: 1px solid var(--line);
}
.bar .primary {
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 8px;
  width: 100%;
}
.empty {
  display: grid;
  justify-items: center;
  gap: 12px;
  padding: 40px 16px;
  color: var(--quiet);
  text-align: center;
}
.empty h3 {
  color: var(--ink);
  font-size: 1.133em;
  font-weight: 600;
}
@media (forced-colors: active) {
  .filter [aria-pressed=true], select {
    border: 2px solid;
  }
}
.tickets .aside {
  display: block;
  margin-inline: auto;
}
`
