/** Files: those that have been picked, those of a message, and the place to drop them. */
export const attachmentsCss = `
.panel {
  position: relative;
}
.picked {
  display: grid;
  grid-column: 1/-1;
  gap: 8px;
  list-style: none;
}
.composer .picked {
  max-height: 176px;
  overflow-y: auto;
}
.picked li, .file {
  display: flex;
  align-items: center;
  gap: 12px;
  min-height: 56px;
  padding: 5px 4px 5px 6px;
  border: 1px solid var(--line);
  border-radius: 14px;
  background: var(--surface);
}
.picked .refused, .picked .failed {
  border-color: var(--bad);
}
.thumb {
  display: grid;
  flex: none;
  place-items: center;
  overflow: hidden;
  width: 44px;
  height: 44px;
  border-radius: 10px;
  background: var(--raised);
  color: var(--quiet);
}
.thumb img {
  width: 44px;
  height: 44px;
  object-fit: cover;
}
.file-text {
  display: grid;
  flex: 1;
  gap: 2px;
  min-width: 0;
}
.file-text b {
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
  font-size: .933em;
  line-height: 1.35;
}
progress {
  overflow: hidden;
  width: 100%;
  height: 4px;
  border: 0;
  border-radius: 2px;
  background: var(--line);
  appearance: none;
}
progress::-webkit-progress-bar {
  background: var(--line);
}
progress::-webkit-progress-value {
  border-radius: 2px;
  background: var(--ink);
  transition: .15s;
}
progress::-moz-progress-bar {
  border-radius: 2px;
  background: var(--ink);
}
.form-files {
  display: grid;
  gap: 8px;
}
.attach {
  gap: 8px;
}
.form-files .attach {
  display: flex;
  align-items: center;
  justify-content: center;
  min-height: 48px;
  padding: 8px 16px;
  border: 1px dashed var(--edge);
  border-radius: 12px;
  font-weight: 500;
  transition: .15s;
}
.form-files .attach:hover {
  background: var(--raised);
}
.takes-files {
  grid-template-columns: auto 1fr auto;
  padding-inline-start: 8px;
}
.takes-files > p:not(.drop), .takes-files .picked {
  padding-inline-start: 8px;
}
.takes-files .attach {
  margin-bottom: 2px;
}
.drop {
  position: absolute;
  z-index: 1;
  inset: 8px;
  display: grid;
  place-content: center;
  justify-items: center;
  gap: 8px;
  border: 2px dashed var(--accent);
  border-radius: var(--radius);
  background: color-mix(in srgb, var(--surface) 94%, var(--accent));
  font-weight: 600;
  pointer-events: none;
}
.file {
  position: relative;
}
.files {
  display: grid;
  gap: 4px;
  max-width: 100%;
  margin-top: 4px;
}
.own .files {
  justify-items: end;
}
.text + .files {
  margin-top: 6px;
}
.files .file {
  width: 264px;
  max-width: 100%;
  padding-inline-end: 14px;
  text-decoration: none;
  transition: .15s;
}
.files a.file:hover {
  background: var(--raised);
}
.files .file > .icon {
  width: 20px;
  color: var(--quiet);
}
.picture {
  display: block;
  overflow: hidden;
  max-width: 100%;
  border-radius: 16px;
  background: var(--raised);
}
.picture img {
  display: block;
  width: auto;
  max-width: 100%;
  height: auto;
  min-height: 44px;
  max-height: 240px;
}
@media (forced-colors: active) {
  .picked li, .file, .picture, progress {
    border: 1px solid;
  }
}
`
