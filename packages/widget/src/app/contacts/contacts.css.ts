/** Asking for an e-mail that brings conversations back. */
export const contactsCss = `
.choices {
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
  gap: 0 16px;
  font-variant-numeric: tabular-nums;
}
.choices .link {
  padding-inline: 0;
}
#code {
  font-size: 1.333em;
  font-variant-numeric: tabular-nums;
  letter-spacing: .2em;
}
form > p:focus {
  outline: 0;
}
`
