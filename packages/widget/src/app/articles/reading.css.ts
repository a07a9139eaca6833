/** Pictures of an article, large and small, and what comes after it. */
export const readingCss = `
.picture {
  display: block;
  max-width: 100%;
  border-radius: 12px;
  cursor: zoom-in;
}
.picture img {
  display: block;
  max-width: 100%;
  height: auto;
  border-radius: 12px;
  box-shadow: 0 0 0 1px var(--line);
}
.zoom {
  width: 100vw;
  max-width: none;
  height: 100vh;
  max-height: none;
  padding: 24px;
  border: 0;
  background: none;
  cursor: zoom-out;
}
.zoom[open] {
  display: grid;
  place-items: center;
}
.zoom::backdrop {
  background: rgb(0 0 0/.82);
}
.zoom img {
  max-width: 100%;
  max-height: calc(100vh - 48px);
  border-radius: 8px;
  background: #fff;
}
.zoom .round {
  position: fixed;
  top: 12px;
  inset-inline-end: 12px;
  background: rgb(0 0 0/.6);
  color: #fff;
}
.zoom :focus-visible {
  outline-color: #fff;
}
.feedback {
  display: grid;
  gap: 12px;
  margin-top: 28px;
  padding: 20px;
  border-radius: 16px;
  background: var(--raised);
}
.feedback .quiet {
  background: var(--surface);
}
.feedback .quiet:hover {
  background: var(--line);
}
.feedback .grow {
  background: var(--surface);
}
.answers {
  display: grid;
  grid-template-columns: 1fr 1fr;
  gap: 12px;
}
.share {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  margin-block: 16px 24px;
}
.share .quiet {
  flex: auto;
}
.share a {
  align-content: center;
  text-decoration: none;
}
.related {
  margin-bottom: 24px;
}
`
