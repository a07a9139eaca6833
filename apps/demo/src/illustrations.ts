import { type Html, html } from './html.ts'

// Colours come from the style sheet (f- fills, s- strokes), so that the pictures follow light and dark.
const picture = (content: Html): Html =>
  html`<svg class="picture" viewBox="0 0 240 240" aria-hidden="true" focusable="false">
    <ellipse class="f-shade" cx="120" cy="206" rx="74" ry="9"/>${content}</svg>`

const steam = (x: number, y: number): Html => html`<g class="steam s-steam" transform="translate(${x} ${y})">
  <path d="M0 30c-7-9 7-13 0-24"/><path d="M16 26c-7-9 7-13 0-24"/><path d="M32 30c-7-9 7-13 0-24"/></g>`

const illustrations = {
  'halo-dripper': picture(html`
    <path class="f-glass" d="M90 140h60l-2 12c22 8 34 22 34 36 0 10-6 18-16 18H74c-10 0-16-8-16-18 0-14 12-28 34-36z"/>
    <path class="f-coffee" d="M66 182c2 14 4 18 12 18h84c8 0 10-4 12-18 0-2-108-2-108 0z"/>
    <path class="f-coffee" d="M118.5 150h3v30h-3z"/>
    <path class="s-ceramic" d="M166 84c26-6 30 26 2 34" fill="none" stroke-width="9"/>
    <path class="f-ceramic" d="M52 62h136l-40 70H92z"/>
    <path class="f-ceramic-dark" d="M52 62h22l42 70H92z"/>
    <path class="s-line" d="M100 74l14 50M120 74v50M140 74l-14 50" fill="none" stroke-width="2.5"/>
    <rect class="f-ceramic" x="76" y="130" width="88" height="11" rx="5.5"/>
    <rect class="f-ceramic-dark" x="76" y="136" width="88" height="5" rx="2.5"/>
    <ellipse class="f-coffee" cx="120" cy="62" rx="68" ry="11"/>
    <ellipse class="f-crema" cx="120" cy="63" rx="54" ry="7"/>
    ${steam(104, 16)}`),
  'heron-kettle': picture(html`
    <path class="s-steel" d="M82 176C40 176 66 92 30 78" fill="none" stroke-width="10"/>
    <path class="s-dark" d="M166 104c40-22 56 22 26 66" fill="none" stroke-width="11"/>
    <path class="f-steel" d="M96 88h64l20 104c1 8-4 14-12 14H88c-8 0-13-6-12-14z"/>
    <path class="f-steel-dark" d="M96 88h20l-14 118H88c-8 0-13-6-12-14z"/>
    <rect class="f-dark" x="90" y="78" width="76" height="12" rx="6"/>
    <path class="f-steel" d="M100 78c2-14 54-14 56 0z"/>
    <circle class="f-wood" cx="128" cy="58" r="9"/>
    <circle class="f-accent" cx="140" cy="182" r="5"/>
    <path class="f-water" d="M27 84c-7 12-9 16-9 20a8 8 0 0 0 16 0c0-4-2-9-7-20z"/>`),
  'no-3-grinder': picture(html`
    <path class="s-steel" d="M120 58V44h58" fill="none" stroke-width="8"/>
    <rect class="f-wood" x="166" y="30" width="26" height="30" rx="11"/>
    <rect class="f-steel" x="92" y="56" width="56" height="16" rx="6"/>
    <path class="f-pine" d="M86 72h68v84H86z"/>
    <path class="f-pine-dark" d="M86 72h18v84H86z"/>
    <rect class="f-wood" x="82" y="104" width="76" height="26" rx="7"/>
    <rect class="f-steel-dark" x="82" y="154" width="76" height="10" rx="4"/>
    <path class="f-glass" d="M88 164h64l-4 36c-1 4-3 6-7 6H99c-4 0-6-2-7-6z"/>
    <path class="f-coffee" d="M91 184h58l-2 15c0 3-2 4-5 4H98c-3 0-5-1-5-4z"/>
    <circle class="f-accent" cx="120" cy="90" r="5"/>`),
  'otto-moka': picture(html`
    <path class="s-dark" d="M164 74c34-4 36 34 22 64" fill="none" stroke-width="12"/>
    <path class="f-steel" d="M82 62h80l6 66H76z"/>
    <path class="f-steel-dark" d="M82 62h22l-4 66H76z"/>
    <path class="f-steel-light" d="M132 62h16l4 66h-18z"/>
    <path class="f-steel" d="M84 62L60 56l20 26z"/>
    <path class="f-steel-dark" d="M84 62c6-18 70-18 76 0z"/>
    <rect class="f-dark" x="113" y="34" width="18" height="18" rx="7"/>
    <rect class="f-steel-dark" x="80" y="128" width="84" height="10"/>
    <path class="f-steel" d="M80 138h84l10 60c0 5-3 8-8 8H78c-5 0-8-3-8-8z"/>
    <path class="f-steel-dark" d="M80 138h22l-8 68H78c-5 0-8-3-8-8z"/>
    <path class="f-steel-light" d="M132 138h18l6 68h-20z"/>
    <circle class="f-accent" cx="122" cy="158" r="5"/>
    ${steam(34, 14)}`),
  'nord-press': picture(html`
    <path class="s-dark" d="M160 92c40-6 42 76 0 72" fill="none" stroke-width="11"/>
    <rect class="f-steel" x="116" y="26" width="8" height="60"/>
    <circle class="f-wood" cx="120" cy="26" r="12"/>
    <path class="f-steel" d="M76 76c4-14 84-14 88 0z"/>
    <rect class="f-glass" x="78" y="76" width="84" height="126" rx="8"/>
    <path class="f-coffee" d="M78 118h84v76c0 5-3 8-8 8H86c-5 0-8-3-8-8z"/>
    <path class="f-crema" d="M78 112h84v9H78z"/>
    <rect class="f-steel-dark" x="78" y="102" width="84" height="7" rx="2"/>
    <path class="f-shine" d="M88 84h8v106h-8z"/>
    <path class="s-steel" d="M76 82h88M76 198h88M78 82v120M162 82v120" fill="none" stroke-width="6"/>
    <path class="s-steel" d="M82 200v8M158 200v8" fill="none" stroke-width="8"/>`),
  'tara-scale': picture(html`
    <path class="f-ceramic" d="M86 104h68l-6 52c-1 7-5 10-12 10h-32c-7 0-11-3-12-10z"/>
    <path class="f-ceramic-dark" d="M86 104h18l4 62h-4c-7 0-11-3-12-10z"/>
    <path class="s-ceramic" d="M152 114c22-4 22 30-4 32" fill="none" stroke-width="8"/>
    <ellipse class="f-coffee" cx="120" cy="104" rx="34" ry="6"/>
    <ellipse class="f-crema" cx="122" cy="104.5" rx="25" ry="3.5"/>
    <path class="f-steel" d="M44 166h152l14 14H30z"/>
    <rect class="f-dark" x="30" y="178" width="180" height="28" rx="8"/>
    <rect class="f-screen" x="118" y="183" width="82" height="18" rx="4"/>
    <text class="f-digits" x="159" y="197" text-anchor="middle">18.0 g</text>
    <circle class="f-accent" cx="48" cy="192" r="5"/>
    ${steam(104, 58)}`),
  'pair-cups': picture(html`
    <path class="s-clay" d="M166 150c26-4 26 36-4 38" fill="none" stroke-width="9"/>
    <path class="f-clay" d="M72 136h98l-8 58c-1 8-6 12-14 12H94c-8 0-13-4-14-12z"/>
    <path class="f-glaze" d="M72 136h98l-4 26c-12 10-20-4-30 2s-20 8-30-2-20 2-30-2z"/>
    <path class="s-clay" d="M152 78c26-4 26 36-4 38" fill="none" stroke-width="9"/>
    <path class="f-clay" d="M62 64h94l-8 58c-1 8-6 12-14 12H84c-8 0-13-4-14-12z"/>
    <path class="f-glaze-2" d="M62 64h94l-4 26c-12 10-18-4-28 2s-20 8-30-2-20 2-28-2z"/>
    <ellipse class="f-coffee" cx="109" cy="64" rx="47" ry="8"/>
    <ellipse class="f-crema" cx="109" cy="65" rx="36" ry="5"/>
    ${steam(94, 18)}`),
  'foggy-monday': picture(html`
    <path class="f-pine" d="M68 58c-4 40-8 80-8 132 0 10 5 16 14 16h92c9 0 14-6 14-16 0-52-4-92-8-132z"/>
    <path class="f-pine-dark" d="M68 58c-4 40-8 80-8 132 0 10 5 16 14 16h16c-10-50-6-100-2-148z"/>
    <path class="f-pine-light" d="M64 40h112v20H64z"/>
    <path class="s-line" d="M64 50h112" fill="none" stroke-width="2" stroke-dasharray="5 4"/>
    <rect class="f-paper" x="82" y="86" width="76" height="84" rx="8"/>
    <circle class="f-butter" cx="120" cy="114" r="17"/>
    <path class="f-mist" d="M94 118h52a5 5 0 0 1 0 10H94a5 5 0 0 1 0-10z"/>
    <path class="s-dark" d="M96 144h48M104 156h32" fill="none" stroke-width="4"/>
    <g class="f-bean"><ellipse cx="196" cy="198" rx="13" ry="8.5" transform="rotate(-18 196 198)"/>
      <ellipse cx="42" cy="200" rx="12" ry="8" transform="rotate(20 42 200)"/></g>
    <path class="s-crema" d="M185 202c8-1 12-9 22-8M32 196c6 5 12 2 19 8" fill="none" stroke-width="2.5"/>`),
} satisfies Record<string, Html>

/** The name of a picture, which is its product's slug. */
export type IllustrationName = keyof typeof illustrations

/** The picture of a product. */
export function illustration(name: IllustrationName): Html {
  return illustrations[name]
}

/** The shop's sign: a cup with the sun coming up in it. */
export const logo: Html = html`<svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
  <path class="s-accent" d="M23 15c6-1 6 8-1 8" fill="none" stroke-width="2.6"/>
  <path class="f-accent" d="M5 12h19l-1.5 11c-.3 2.6-2 4-4.5 4h-7c-2.5 0-4.2-1.4-4.5-4z"/>
  <path class="f-butter" d="M8 12a6.5 6.5 0 0 1 13 0z"/></svg>`

/** The picture on the first page: morning at the kitchen window. */
export const heroScene: Html = html`<svg class="scene" viewBox="0 0 560 460" aria-hidden="true" focusable="false">
  <path class="f-sky" d="M0 0h560v460H0z"/>
  <circle class="f-sun" cx="410" cy="150" r="86"/>
  <path class="f-hill-3" d="M0 262c70-46 128-30 196-8s128 22 198-16 118-28 166-4v226H0z"/>
  <path class="f-hill-2" d="M0 304c88-40 150-8 232 4s146-42 216-34 84 24 112 34v152H0z"/>
  <g class="f-mist"><rect x="28" y="250" width="150" height="14" rx="7"/><rect x="86" y="280" width="200" height="12" rx="6"/>
    <rect x="392" y="246" width="130" height="12" rx="6"/></g>
  <path class="f-table" d="M0 374h560v86H0z"/><path class="f-table-edge" d="M0 374h560v10H0z"/>
  <g class="f-shade"><ellipse cx="300" cy="412" rx="78" ry="9"/><ellipse cx="464" cy="400" rx="56" ry="7"/></g>
  <path class="f-water" d="M296 172h7l3 96h-13z"/>
  <g transform="translate(14 76) rotate(13 130 120)"><path class="s-steel" d="M182 178c66 6 30-112 96-128" fill="none" stroke-width="11"/>
    <path class="s-dark" d="M88 96c-52-26-74 26-36 84" fill="none" stroke-width="13"/>
    <path class="f-steel" d="M90 78h88l24 124c1 9-4 16-13 16H79c-9 0-14-7-13-16z"/>
    <path class="f-steel-dark" d="M90 78h26l-14 140H79c-9 0-14-7-13-16z"/>
    <rect class="f-dark" x="82" y="66" width="104" height="14" rx="7"/>
    <path class="f-steel" d="M96 66c2-18 74-18 76 0z"/><circle class="f-wood" cx="134" cy="42" r="11"/>
    <circle class="f-accent" cx="150" cy="192" r="6"/></g>
  <g transform="translate(192 186)"><path class="f-glass" d="M84 152h48l-2 10c24 8 34 22 34 38 0 12-6 20-16 20H68c-10 0-16-8-16-20 0-16 10-30 34-38z"/>
    <path class="f-coffee" d="M55 192c1 16 4 22 13 22h80c9 0 12-6 13-22z"/>
    <path class="f-coffee" d="M106.5 152h3v44h-3z"/>
    <path class="s-ceramic" d="M150 104c26-6 30 26 0 34" fill="none" stroke-width="9"/>
    <path class="f-ceramic" d="M44 82h128l-38 62H82z"/><path class="f-ceramic-dark" d="M44 82h22l40 62H82z"/>
    <path class="s-line" d="M90 94l14 42M108 94v42M126 94l-14 42" fill="none" stroke-width="2.5"/>
    <rect class="f-ceramic" x="66" y="142" width="84" height="11" rx="5.5"/>
    <ellipse class="f-coffee" cx="108" cy="82" rx="64" ry="10"/><ellipse class="f-crema" cx="108" cy="83" rx="50" ry="6"/>${steam(130, 44)}</g>
  <g transform="translate(420 320)"><path class="s-clay" d="M82 26c26-4 26 36-4 40" fill="none" stroke-width="9"/>
    <path class="f-clay" d="M0 10h88l-7 62c-1 8-6 12-14 12H21c-8 0-13-4-14-12z"/>
    <path class="f-glaze" d="M0 10h88l-3 26c-11 9-18-4-28 2s-18 7-27-2-18 2-26-2z"/>
    <ellipse class="f-coffee" cx="44" cy="10" rx="44" ry="8"/><ellipse class="f-crema" cx="44" cy="11" rx="33" ry="4.5"/>${steam(28, -36)}</g></svg>`
