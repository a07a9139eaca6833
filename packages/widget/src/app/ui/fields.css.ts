/** Forms and what is filled in in them. */
export const fieldsCss = `
.link {
  min-height: 44px;
  padding-inline: 8px;
  font-weight: 600;
  text-decoration: underline;
}
.form {
  display: grid;
  gap: 16px;
}
.field {
  display: grid;
  gap: 6px;
}
label {
  font-weight: 500;
}
input, textarea, select {
  scroll-margin-block: 48px;
}
input, .grow {
  width: 100%;
  min-height: 48px;
  border: 1px solid var(--edge);
  border-radius: 12px;
  transition: .15s;
}
input, textarea, .grow::after {
  padding: 11px 14px;
  font-size: 1.067em;
  line-height: 1.45;
}
input:focus, .grow:focus-within {
  border-color: var(--ink);
  outline: 3px solid color-mix(in srgb, var(--ink) 16%, transparent);
  outline-offset: 0;
}
input[aria-invalid=true], .grow:has([aria-invalid=true]) {
  border-color: var(--bad);
}
.grow {
  display: grid;
}
textarea, .grow::after {
  grid-area: 1/1;
  min-width: 0;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.grow::after {
  content: attr(data-text) " ";
  max-height: 12em;
  overflow: hidden;
  visibility: hidden;
}
textarea, textarea:focus-visible {
  height: 100%;
  resize: none;
  outline: 0;
}
.field .grow {
  min-height: 112px;
}
::placeholder {
  color: var(--quiet);
  opacity: 1;
}
.bad {
  display: flex;
  gap: 6px;
  color: var(--bad);
}
.bad .icon, .newest .icon {
  width: 18px;
  height: 18px;
  margin-top: 1px;
}
`
