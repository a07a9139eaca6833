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
  gap: 16px 0;
  margin-inline-end: -12px;
  padding-top: 12px;
}
.hello p {
  padding-block: 10px;
  color: var(--quiet);
  font-weight: 500;
}
.hello h2 {
  grid-column: 1/-1;
  font-size: 1.867em;
  line-height: 1.2;
  letter-spacing: -.02em;
  text-wrap: balance;
}
.write {
  display: flex;
  align-items: center;
  gap: 16px;
  padding: 18px 20px;
  border-radius: var(--radius);
  box-shadow: 0 8px 24px color-mix(in srgb, var(--accent) 20%, transparent);
  transition: .15s;
}
.ways {
  display: grid;
  gap: 12px;
}
.second {
  background: var(--surface);
  box-shadow: inset 0 0 0 1px var(--line), 0 2px 8px rgb(0 0 0/.04);
  color: var(--ink);
}
.second:hover {
  background: var(--raised);
}
.second span {
  color: var(--quiet);
}
.second b {
  color: var(--ink);
}
.write span {
  flex: 1;
  font-size: .933em;
}
.write b {
  display: block;
  font-size: 1.143em;
}
.list {
  display: grid;
  gap: 4px;
}
.row {
  display: grid;
  gap: 2px;
  margin-inline: -12px;
  padding: 12px;
  border-radius: 12px;
  transition: .15s;
}
.row:hover {
  background: var(--raised);
}
.row-top {
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 12px;
}
.row-text {
  color: var(--quiet);
}
.is-new {
  color: var(--ink);
  font-weight: 500;
}
.count {
  min-width: 22px;
  padding-inline: 7px;
  border-radius: 11px;
  font-size: .8em;
  font-weight: 600;
  line-height: 22px;
  text-align: center;
}
.ways:empty {
  display: none;
}
.search {
  display: grid;
  gap: 20px;
}
.seek {
  position: relative;
}
.seek input {
  width: 100%;
  min-height: 52px;
  padding: 0 48px;
  border: 1px solid var(--edge);
  border-radius: 26px;
  background: var(--surface);
  font-size: 1.067em;
}
.seek > * + * {
  position: absolute;
  inset-block: 4px;
  inset-inline-end: 4px;
}
.seek > .icon {
  inset-inline: 14px auto;
  height: 44px;
  pointer-events: none;
}
.row .icon {
  width: 20px;
  color: var(--quiet);
}
.list > * + .quiet {
  margin-top: 8px;
}
.aside {
  min-height: 44px;
  text-decoration: underline;
}
.home + .aside {
  flex: none;
  padding-inline: 24px;
  border-top: 1px solid var(--line);
}
`
