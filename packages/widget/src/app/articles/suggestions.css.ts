/** Articles below a field. */
export const suggestionsCss = `
.suggestions {
  display: grid;
  grid-template-columns: 1fr auto;
  align-items: center;
  margin-top: -4px;
  padding: 4px 4px 8px 16px;
  border-radius: 12px;
  background: var(--raised);
}
.suggestions h3 {
  color: var(--quiet);
  font-size: .867em;
}
.suggestions .row {
  grid-column: 1/-1;
  min-height: 44px;
  margin-inline: -12px 0;
  padding-block: 8px;
  align-content: center;
  font-weight: 500;
}
.suggestions button:hover {
  background: var(--line);
}
`
