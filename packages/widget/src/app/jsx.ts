/** The classic factory: it is in Preact's core anyway, where the automatic one would come on top. */
export { Fragment, h } from 'preact'
