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
.choices [aria-disabled=true] {
  color: var(--quiet);
  font-weight: 400;
  opacity: 1;
  text-decoration: none;
}
.opening {
  max-width: 400px;
  margin: 12vh auto;
  text-align: center;
  text-wrap: balance;
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
