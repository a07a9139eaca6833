/** The form, the thread and the composer. */
export const conversationsCss = `
.welcome {
  margin-block-end: 24px !important;
  padding: 14px 18px;
  border-radius: 16px;
  border-end-start-radius: 4px;
  background: var(--raised);
  white-space: pre-line;
}
.messages {
  position: relative;
  display: flex;
  flex: 1;
  flex-direction: column;
  min-block-size: 0;
}
.thread {
  display: flex;
  flex-direction: column;
  gap: 4px;
  padding: 16px;
}
.thread > :first-child {
  margin-block-start: auto !important;
}
.thread > .quiet {
  align-self: center;
}
.day {
  margin-block: 16px 8px !important;
  text-align: center;
}
.message {
  display: flex;
  flex-direction: column;
  align-items: flex-start;
  max-inline-size: 84%;
}
.message.first {
  margin-block-start: 8px;
}
.message.own {
  align-items: flex-end;
  align-self: flex-end;
}
.author {
  padding: 0 14px 4px;
}
.text {
  max-inline-size: 100%;
  padding: 9px 14px;
  border-radius: 18px;
  background: var(--raised);
  white-space: pre-wrap;
}
.message.last:not(.own) .text {
  border-end-start-radius: 6px;
}
.own .text {
  background: var(--accent);
  color: var(--on-accent);
}
.own.last .text {
  border-end-end-radius: 6px;
}
.sending .text, .waiting .text {
  opacity: .75;
}
.message a {
  color: inherit;
  text-underline-offset: 2px;
}
.message a:focus-visible {
  outline-color: currentColor;
}
.foot {
  display: flex;
  flex-wrap: wrap;
  justify-content: flex-end;
  padding: 4px 14px 0;
  font-size: .8em !important;
}
.foot span {
  display: flex;
  gap: 4px;
}
.typing {
  display: flex;
  align-items: center;
  gap: 8px;
  padding: 12px 14px 0;
}
.typing i {
  inline-size: 8px;
  block-size: 8px;
  border-radius: 4px;
  background: var(--quiet);
  animation: breathe .6s infinite alternate ease-in-out;
}
.app .newest {
  position: absolute;
  inset-block-end: 8px;
  inset-inline: 0;
  display: flex;
  align-items: center;
  gap: 4px;
  inline-size: fit-content;
  min-block-size: 44px;
  margin-inline: auto;
  padding-inline: 12px 18px;
  border-radius: 22px;
  background: var(--ink);
  color: var(--surface);
  font-size: .867em;
  font-weight: 600;
}
.newest .icon {
  inline-size: 18px;
  block-size: 18px;
}
.ask {
  display: grid;
  flex: none;
  grid-template-columns: 1fr auto;
  align-items: end;
  gap: 8px;
  margin: 0 16px 8px;
  padding: 16px;
  border: 1px solid var(--line);
  border-radius: 16px;
}
.ask .quiet {
  min-block-size: 48px;
}
.ask .field:has(.bad) + .quiet {
  margin-block-end: 27px;
}
.composer {
  display: grid;
  flex: none;
  grid-template-columns: 1fr auto;
  align-items: end;
  gap: 8px;
  padding: 8px 16px 16px;
}
.composer p {
  grid-column: 1 / -1;
}
.composer .grow {
  border-radius: 24px;
}
.composer :is(textarea, .grow::after) {
  padding-inline: 18px;
}
.app .send {
  display: grid;
  place-items: center;
  inline-size: 48px;
  block-size: 48px;
  border-radius: 24px;
  background: var(--accent);
  color: var(--on-accent);
  transition: opacity .15s;
}
.send[aria-disabled=true] {
  opacity: .4;
}
`
