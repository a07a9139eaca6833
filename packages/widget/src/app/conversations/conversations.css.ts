/** The form, the thread and the composer. */
export const conversationsCss = `
.welcome {
  margin-bottom: 20px;
  border-end-start-radius: 6px;
  white-space: pre-line;
}
.messages {
  position: relative;
  display: flex;
  flex: 1;
  min-height: 0;
}
.thread {
  display: flex;
  flex-direction: column-reverse;
}
.run {
  display: flex;
  flex-direction: column;
  gap: 4px;
  padding: 16px;
}
.run > .quiet {
  align-self: center;
  overflow-anchor: none;
}
.day {
  padding-block: 12px 8px;
  text-align: center;
}
.message {
  display: flex;
  flex-direction: column;
  align-items: flex-start;
  max-width: 84%;
}
.first {
  margin-top: 8px;
}
.own {
  align-items: flex-end;
  align-self: flex-end;
}
.author {
  padding: 0 14px 4px;
}
.text {
  max-width: 100%;
  padding: 9px 14px;
  border-radius: 18px;
  background: var(--raised);
  white-space: pre-wrap;
}
.last .text {
  border-end-start-radius: 6px;
}
.own.last .text {
  border-end-start-radius: 18px;
  border-end-end-radius: 6px;
}
a {
  color: inherit;
  text-underline-offset: 2px;
}
.foot {
  display: flex;
  flex-wrap: wrap;
  justify-content: flex-end;
  padding: 4px 14px 0;
}
.foot span {
  display: flex;
  gap: 4px;
}
.colleague .text {
  border: 1px solid var(--edge);
  background: none;
}
.colleague .author {
  font-weight: 600;
}
.facts {
  display: flex;
  flex: none;
  flex-wrap: wrap;
  gap: 4px 20px;
  max-height: 25%;
  padding: 10px 24px;
  border-bottom: 1px solid var(--line);
  overflow-y: auto;
  font-size: .867em;
}
.facts div {
  display: flex;
  flex-wrap: wrap;
  gap: 0 6px;
}
.facts dt {
  color: var(--quiet);
}
.facts dd {
  font-weight: 500;
}
@media (max-height: 360px) {
  .panel {
    overflow-y: auto;
  }
  .panel > .messages, .panel > .tickets {
    flex: none;
    height: 200px;
  }
  .facts {
    max-height: none;
  }
}
.head:has(+ .facts) h2 {
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 3;
  white-space: normal;
}
.typing {
  padding: 12px 14px 0;
  animation: breathe .8s infinite alternate;
}
.newest {
  position: absolute;
  inset: auto 0 8px;
  display: flex;
  align-items: center;
  gap: 4px;
  width: fit-content;
  min-height: 44px;
  margin-inline: auto;
  padding-inline: 14px 18px;
  border-radius: 22px;
  background: var(--ink);
  color: var(--surface);
  font-weight: 600;
}
.ask {
  display: grid;
  flex: none;
  grid-template-columns: 1fr auto;
  align-items: center;
  gap: 8px;
  margin: 0 16px 8px;
  padding: 16px;
  border: 1px solid var(--line);
  border-radius: 16px;
}
.ask .field {
  display: contents;
}
.ask .field > :not(input) {
  grid-column: 1/-1;
}
.ask .quiet {
  grid-row: 2;
  grid-column: 2;
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
  grid-column: 1/-1;
}
.composer .grow {
  border-radius: 24px;
}
.composer textarea, .composer .grow::after {
  padding-inline: 18px;
}
.composer ::placeholder {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.send {
  display: grid;
  place-items: center;
  width: 48px;
  height: 48px;
  border-radius: 24px;
  transition: .15s;
}
`
