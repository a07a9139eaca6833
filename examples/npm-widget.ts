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
  })
  widget.on('unread', ({ count }) => {
    document.title = count > 0 ? `(${count}) ${title}` : title
  })
  widget.on('unavailable', ({ reason }) => console.info(`No support widget here: ${reason}`))
  document.querySelector('#help')?.addEventListener('click', () => widget.open())
  return widget
}
