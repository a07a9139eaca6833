/** The texts of the building blocks. */
export const words = {
  dismiss: 'Dismiss',
  copied: 'Copied',
  copyFailed: 'This browser did not let us copy. Select the text and copy it by hand.',
  close: 'Close',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  loading: 'Loading…',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  skip: 'Skip to content',
  /** The desk says what is wrong as the rest of a sentence: `has the wrong form`. */
  refused: (detail: string) => (/^[a-z]/.test(detail) ? `This ${detail}.` : detail),
  wentWrong: 'Something went wrong. Try again.',
  errors: {
    network: 'The desk cannot be reached. Check your connection.',
    timeout: 'The desk took too long to answer.',
    unavailable: 'The desk is not available right now.',
    unauthenticated: 'Your session has ended. Sign in again.',
    forbidden: 'Your role on this desk does not allow that.',
    not_found: 'This does not exist, or not for you.',
    too_many_requests: 'That was too often. Wait a moment and try again.',
    internal: 'Something went wrong on the server.',
    validation_failed: 'Something here was refused. See below.',
  },
  leave: {
    title: 'Leave without saving?',
    text: 'Your changes on this page have not been saved.',
    stay: 'Keep editing',
    discard: 'Discard changes',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    off: 'Single-key shortcuts are turned off in your profile.',
    groups: [
      {
        title: 'Everywhere',
        keys: [
          { keys: ['Ctrl', 'K'], does: 'Search, or jump to anything' },
          { keys: ['?'], does: 'This list' },
          { keys: ['Esc'], does: 'Back' },
        ],
      },
      {
        title: 'List',
        keys: [
          { keys: ['J'], or: ['↓'], does: 'Next conversation' },
          { keys: ['K'], or: ['↑'], does: 'Previous conversation' },
          { keys: ['Enter'], does: 'Open' },
        ],
      },
      {
        title: 'Conversation',
        keys: [
          { keys: ['R'], does: 'Reply' },
          { keys: ['N'], does: 'Write a note' },
          { keys: ['E'], does: 'Resolve, or reopen' },
          { keys: ['A'], does: 'Assign to me, or give back' },
          { keys: ['P'], does: 'Set the priority' },
          { keys: ['C'], does: 'Set the category' },
        ],
      },
      {
        title: 'Articles',
        keys: [
          { keys: ['Ctrl', 'S'], does: 'Save now; it saves itself, too' },
          { keys: ['Ctrl', 'B'], or: ['Ctrl', 'I'], does: 'Bold, italic' },
          { keys: ['Ctrl', 'K'], does: 'Link, in the text' },
          { keys: ['Ctrl', 'E'], does: 'Code' },
          { keys: ['Ctrl', 'Shift', 'H'], does: 'Heading' },
          { keys: ['Ctrl', 'Shift', '7'], or: ['8'], does: 'Numbered list, list' },
        ],
      },
      {
        title: 'Writing',
        keys: [
          { keys: ['Ctrl', 'Enter'], does: 'Send' },
          { keys: ['Ctrl', 'Shift', 'Enter'], does: 'Send and resolve' },
          { keys: ['Ctrl', '/'], does: 'Insert an article' },
          { keys: ['Esc'], does: 'Leave the text; it is kept' },
        ],
      },
    ] as readonly { title: string; keys: readonly { keys: string[]; or?: string[]; does: string }[] }[],
  },
  palette: {
    title: 'Command palette',
    open: 'Jump to…',
    placeholder: 'Go to a view, a setting, a conversation number…',
    empty: 'Nothing here by that name.',
    groups: { act: 'This conversation', go: 'Go to', conversations: 'Conversations', more: 'More' },
  },
} as const
