import { createWidget, type Widget } from '@helpdesk/widget'

/** Puts the widget on the page of an application that has a bundler: the badge goes into the title as well. */
export function addWidget(): Widget {
  const title = document.title
  const widget = createWidget({
    url: 'https://shop.example/support',
    desk: 'shop',
    theme: 'auto',
    // The page has a button of its own.
    launcher: false,
    // Your server's answer: { identity, signature }, or {} when nobody is signed in.
    identify: () => fetch('/helpdesk-identity').then((answer) => answer.json()),
  })
  widget.on('unread', ({ count }) => {
    document.title = count > 0 ? `(${count}) ${title}` : title
  })
  widget.on('unavailable', ({ reason }) => console.info(`No support widget here: ${reason}`))
  widget.on('identity:rejected', ({ reason }) => console.warn(`Who is signed in was not accepted: ${reason}`))
  document.querySelector('#help')?.addEventListener('click', () => widget.open())
  return widget
}
