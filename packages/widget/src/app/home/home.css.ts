/** The first screen. */
export const homeCss = `
.home {
  display: flex;
  flex-direction: column;
  gap: 24px;
  padding: 0 24px 24px;
  background: linear-gradient(color-mix(in srgb, var(--accent) 10%, var(--surface)), var(--surface) 240px);
}
.hello {
  display: grid;
  grid-template-columns: 1fr auto;
  align-items: center;
  margin-inline-end: -12px;
  padding-block-start: 12px;
}
.hello p {
  min-block-size: 44px;
  padding-block: 10px;
  color: var(--quiet);
  font-weight: 500;
}
.hello h2 {
  grid-column: 1 / -1;
  padding-block-start: 16px;
  font-size: 1.867em;
  line-height: 1.2;
  letter-spacing: -.02em;
  text-wrap: balance;
}
.home button.write {
  display: flex;
  align-items: center;
  gap: 16px;
  padding: 18px 20px;
  border-radius: var(--radius);
  background: var(--accent);
  color: var(--on-accent);
  box-shadow: 0 1px 2px rgb(0 0 0 / .08), 0 8px 24px color-mix(in srgb, var(--accent) 20%, transparent);
  transition: transform .15s, filter .15s;
}
.home .write:hover {
  filter: brightness(1.06);
  transform: translateY(-1px);
}
.write span {
  flex: 1;
  font-size: .933em;
}
.write b {
  display: block;
  font-size: 1.143em;
  font-weight: 600;
}
.list {
  display: grid;
  gap: 4px;
}
.list h3 {
  margin-block-end: 4px;
  color: var(--quiet);
  font-size: .867em;
  font-weight: 500;
}
.home button.row {
  display: grid;
  gap: 2px;
  margin-inline: -12px;
  padding: 12px;
  border-radius: 12px;
  transition: background .15s;
}
.home .row:hover {
  background: var(--raised);
}
.row-top {
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 12px;
}
.row b {
  font-weight: 600;
}
.row-text {
  overflow: hidden;
  color: var(--quiet);
  text-overflow: ellipsis;
  white-space: nowrap;
}
.row-text.is-new {
  color: var(--ink);
  font-weight: 500;
}
.count {
  min-inline-size: 22px;
  padding-inline: 7px;
  border-radius: 11px;
  background: var(--accent);
  color: var(--on-accent);
  font-size: .8em;
  font-weight: 600;
  line-height: 22px;
  text-align: center;
}
.aside {
  margin-block-start: auto !important;
}
`
