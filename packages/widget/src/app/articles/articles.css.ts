/** Results, articles and suggestions. */
export const articlesCss = `
.found {
  display: grid;
  gap: 20px;
  transition: opacity .15s;
}
.found[aria-busy=true] {
  opacity: .6;
}
ul.list {
  list-style: none;
}
.hit {
  width: calc(100% + 24px);
}
.excerpt {
  display: -webkit-box;
  overflow: hidden;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  color: var(--quiet);
  font-size: .933em;
}
mark {
  border-radius: 3px;
  background: color-mix(in srgb, var(--accent) 18%, transparent);
  color: var(--ink);
}
.nothing {
  display: grid;
  justify-items: center;
  gap: 8px;
  padding: 24px 0 8px;
  text-align: center;
}
.nothing h2, .nothing h3, .feedback h3, .still h3 {
  font-size: 1.067em;
  font-weight: 600;
}
.nothing p {
  max-width: 34ch;
  color: var(--quiet);
}
.nothing .quiet {
  margin-top: 12px;
}
.still {
  display: grid;
  gap: 12px;
  padding-top: 20px;
  border-top: 1px solid var(--line);
}
.reading {
  position: relative;
}
.article-head {
  display: grid;
  gap: 6px;
  margin-bottom: 20px;
}
.article-head h2 {
  font-size: 1.6em;
  line-height: 1.25;
  letter-spacing: -.015em;
  text-wrap: balance;
  hyphens: auto;
}
.article {
  line-height: 1.6;
}
.article > :first-child {
  margin-top: 0;
}
.article :is(p, ul, ol, pre, blockquote, details, .table, .call-out, .picture) {
  margin: 0 0 14px;
}
.article :is(h3, h4, h5, h6) {
  margin: 28px 0 8px;
  font-size: 1em;
  font-weight: 600;
  line-height: 1.35;
  hyphens: auto;
  scroll-margin-top: 12px;
  outline: 0;
}
.article h3 {
  font-size: 1.2em;
}
.article h4 {
  font-size: 1.067em;
}
.article a {
  color: inherit;
  text-decoration-color: var(--accent);
  text-decoration-thickness: 2px;
  text-underline-offset: 3px;
}
.article a:hover {
  text-decoration-color: currentColor;
}
.article :is(ul, ol) {
  padding-inline-start: 24px;
}
.article li {
  margin-bottom: 6px;
}
.article li :is(ul, ol) {
  margin: 6px 0 0;
}
.article li::marker {
  color: var(--quiet);
}
.article li:has(> .box, > p > .box) {
  margin-inline-start: -24px;
  list-style: none;
}
.box {
  display: inline-block;
  width: 16px;
  height: 16px;
  margin-inline-end: 8px;
  border: 1.5px solid var(--edge);
  border-radius: 4px;
  vertical-align: -2px;
}
.done {
  border-color: var(--accent);
  background: var(--accent);
}
.done::before {
  content: "";
  display: block;
  width: 5px;
  height: 9px;
  margin: 0 auto;
  border: solid var(--on-accent);
  border-width: 0 2px 2px 0;
  transform: rotate(45deg);
}
.article :is(code, kbd) {
  padding: 2px 5px;
  border-radius: 5px;
  background: var(--raised);
  font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
}
.article kbd {
  box-shadow: inset 0 0 0 1px var(--line);
}
.article pre {
  overflow-x: auto;
  padding: 14px 16px;
  border-radius: 12px;
  background: var(--raised);
  line-height: 1.5;
  overflow-wrap: normal;
}
.article pre code {
  padding: 0;
  background: none;
}
.article blockquote {
  padding-inline-start: 16px;
  border-inline-start: 3px solid var(--line);
  color: var(--quiet);
}
.article hr {
  margin: 24px 0;
  border: 0;
  border-top: 1px solid var(--line);
}
.article .table {
  overflow-x: auto;
  border: 1px solid var(--line);
  border-radius: 12px;
}
.article table {
  width: 100%;
  border-collapse: collapse;
  font-size: .933em;
  overflow-wrap: normal;
}
.article :is(th, td) {
  min-width: 72px;
  padding: 9px 12px;
  text-align: start;
  vertical-align: top;
}
.article th {
  background: var(--raised);
  font-weight: 600;
}
.article tbody tr {
  border-top: 1px solid var(--line);
}
.article .at-center {
  text-align: center;
}
.article .at-right {
  text-align: end;
}
.call-out {
  --tone: #3b6fd1;
  padding: 12px 16px;
  border-inline-start: 4px solid var(--tone);
  border-radius: 6px 12px 12px 6px;
  background: color-mix(in srgb, var(--tone) 9%, var(--surface));
}
.tip {
  --tone: #1a7f4b;
}
.warning, .important {
  --tone: #b7791f;
}
.caution {
  --tone: var(--bad);
}
.call-out > :last-child {
  margin-bottom: 0;
}
.video a {
  display: flex;
  align-items: center;
  gap: 14px;
  padding: 14px 16px;
  border: 1px solid var(--line);
  border-radius: 12px;
  font-weight: 600;
  text-decoration: none;
  transition: .15s;
}
.video a:hover {
  background: var(--raised);
}
.video a::before {
  content: "";
  flex: none;
  width: 40px;
  height: 28px;
  border-radius: 8px;
  background: var(--ink);
  clip-path: path(evenodd, "M8 0h24a8 8 0 018 8v12a8 8 0 01-8 8h-24a8 8 0 01-8-8v-12a8 8 0 018-8zM16 8l10 6-10 6z");
}
`
